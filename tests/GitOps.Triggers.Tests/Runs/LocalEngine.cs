using GitOps.Triggers.Containers;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Logging;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>The parts of the engine that run CronJobs on this machine, on a data folder that outlives them. Disposing stops it as SIGTERM would.</summary>
internal sealed class LocalEngine : IAsyncDisposable
{
    private readonly LoggerFactory logs;

    private LocalEngine(string dataFolder, ContainerEngineLocator locator, TimeProvider time, Limits limits)
    {
        var configuration = new EngineConfiguration { DataFolder = dataFolder, Environments = [], Limits = limits };
        logs = new LoggerFactory([Logged]);
        Database = new Database(dataFolder);
        (CronJobs, Records) = (new LocalCronJobStore(Database), new RunStore(Database));
        Containers = new JobContainers(locator, configuration, time);
        var preparation = new RunPreparation(new EnvironmentSources(configuration), new RepositorySlugs(Database), configuration);
        var places = new RunPlaces(limits);
        var attempts = new AttemptRunner(Containers, new ImageCheck(Containers), new ImagePulls(Containers, limits, time), places, preparation, configuration, time);
        var retention = new RunRetention(Records, CronJobs, configuration);
        var loop = new RunLoop(Records, attempts, Events, time, logs.CreateLogger<RunLoop>());
        var runs = new LocalRuns(Records, loop, new RunSweep(Containers, preparation, configuration, logs.CreateLogger<RunSweep>()), places, retention, logs.CreateLogger<LocalRuns>());
        var sync = new CronJobSync(CronJobs, Records, runs, new RunEvents(Events, retention, logs.CreateLogger<RunEvents>()), time);
        Clock = new LocalClock(CronJobs, sync, runs, time, logs.CreateLogger<LocalClock>());
        Target = new LocalTarget(CronJobs, Records, Events, time, configuration);
    }

    public Database Database { get; }

    public LocalCronJobStore CronJobs { get; }

    public RunStore Records { get; }

    public EventHub Events { get; } = new();

    public LoggedLines Logged { get; } = new();

    public JobContainers Containers { get; }

    public LocalClock Clock { get; }

    public LocalTarget Target { get; }

    public static async Task<LocalEngine> StartAsync(string dataFolder, ContainerEngineLocator locator, TimeProvider? time = null, long logBytes = 1 << 20, Limits? limits = null, Action<EngineEvent>? told = null)
    {
        var engine = new LocalEngine(dataFolder, locator, time ?? TimeProvider.System, (limits ?? new Limits()) with { RunLogBytes = logBytes });
        if (told is not null)
            engine.Events.Subscribe(told);
        await engine.Database.OpenAsync(TestEngine.Cancelled);
        await engine.Clock.StartAsync(TestEngine.Cancelled);
        return engine;
    }

    /// <summary>Looks at the stored record until it is as wanted.</summary>
    public async Task<RunRecord> WaitAsync(RunId id, Func<RunRecord, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestEngine.Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (await Records.FindAsync(id, patience.Token) is { } run && wanted(run))
                return run;
            await Task.Delay(50, patience.Token);
        }
    }

    public async Task<RunRecord> RunNowAsync(TriggerKey key, params string[] args)
    {
        var result = await Target.RunNowAsync(key, args.Length > 0 ? args : null, TestEngine.Cancelled);
        return ((StageResult<RunRecord>.Done)result).Value;
    }

    public async Task<string> LogAsync(RunRecord run)
    {
        var lines = new List<string>();
        await foreach (var line in Target.LogsAsync(run, follow: false, TestEngine.Cancelled))
            lines.Add(line);
        return string.Join('\n', lines);
    }

    /// <summary>Stops it and takes away what its runs left, when a test fails in the middle of one.</summary>
    public async Task RemoveAllAsync()
    {
        await DisposeAsync();
        foreach (var name in (await Containers.ListAsync(CancellationToken.None)).Keys)
            await Containers.RemoveAsync(name, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Clock.StopAsync(CancellationToken.None);
        Clock.Dispose();
        logs.Dispose();
    }
}
