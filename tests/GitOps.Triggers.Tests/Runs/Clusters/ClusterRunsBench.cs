using System.Collections.Concurrent;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Runs.Clusters;

/// <summary>The parts of the engine that record runs on clusters, on a data folder that outlives them. Disposing stops it as SIGTERM would.</summary>
internal sealed class ClusterRunsBench : IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly LoggerFactory logs;
    private readonly ClusterDirectory clusters;
    private readonly RepositoryStore repositories;
    private readonly ClusterRuns service;

    private ClusterRunsBench(string dataFolder, TimeProvider time, IReadOnlyList<EnvironmentDefinition> environments)
    {
        this.time = time;
        Configuration = new EngineConfiguration { DataFolder = dataFolder, Environments = environments };
        logs = new LoggerFactory([Logged]);
        clusters = new ClusterDirectory(time);
        Database = new Database(dataFolder);
        Records = new RunStore(Database);
        repositories = new RepositoryStore(Database, time);
        Events.Subscribe(happened =>
        {
            if (happened is EngineEvent.RunChanged { Run: var run })
                Told.Enqueue(run);
            else if (happened is EngineEvent.ClusterSeen seen)
                Sights.Enqueue(seen.IsUp);
        });
        var keeper = new ClusterLogKeeper(Configuration, SecretMask.Of("hunter2-hunter2"), time, logs.CreateLogger<ClusterLogKeeper>());
        var recorder = new ClusterRecorder(Records, new RunRetention(Records, new LocalCronJobStore(Database), Configuration), Events, keeper, time);
        service = new ClusterRuns(
            ClusterRuns.Of(new KubernetesEnvironments(Configuration, clusters, repositories, time), time), recorder,
            () => new ClusterSettlement(Records, new FleetQuery(Database), new DeploymentStore(Database, time), time), keeper, Events, time, logs.CreateLogger<ClusterRuns>());
    }

    public EngineConfiguration Configuration { get; }

    public Database Database { get; }

    public RunStore Records { get; }

    public EventHub Events { get; } = new();

    /// <summary>Each change, in order.</summary>
    public ConcurrentQueue<RunRecord> Told { get; } = new();

    /// <summary>Whether the cluster is seen, each time that it was told.</summary>
    public ConcurrentQueue<bool> Sights { get; } = new();

    public LoggedLines Logged { get; } = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<ClusterRunsBench> StartAsync(string dataFolder, TimeProvider time, params IReadOnlyList<EnvironmentDefinition> environments)
    {
        var bench = new ClusterRunsBench(dataFolder, time, environments);
        await bench.Database.OpenAsync(Cancelled);
        await bench.ConnectAsync();
        await bench.service.StartAsync(Cancelled);
        return bench;
    }

    /// <summary>As the target tells the store of a release.</summary>
    public Task DeployAsync(V1CronJob cronJob, DateTimeOffset at) => new DeploymentStore(Database, time).AddAsync(
        new DeploymentRecord
        {
            Key = GitOps.Triggers.Rendering.OwnershipLabels.KeyOf(cronJob.Metadata.Labels)!,
            Commit = Jobs.Commit,
            Hash = InputHash.Parse(new string('a', 64)),
            Image = ClusterJobs.Image,
            Settings = SettingsFingerprint.Parse(new string('b', 64)),
            Kind = DeploymentKind.Built,
            DeployedAt = at,
            Place = new Place { Cluster = new ClusterAccess(), Namespace = cronJob.Metadata.NamespaceProperty },
            Schedule = cronJob.Spec.Schedule,
            TimeZone = cronJob.Spec.TimeZone,
            Rendered = GitOps.Triggers.Rendering.RenderedYaml.Write(cronJob),
        },
        Cancelled);

    public Task<RunRecord> WaitAsync(V1Job job, RunState state) => WaitAsync(job, run => run.State == state);

    /// <summary>Looks at the stored record until it is as wanted.</summary>
    public async Task<RunRecord> WaitAsync(V1Job job, Func<RunRecord, bool> wanted, TimeSpan? patience = null)
    {
        var id = RunId.Parse(job.Metadata.Name);
        RunRecord? found = null;
        await UntilAsync(async () => (found = await Records.FindAsync(id, Cancelled)) is { } run && wanted(run), patience);
        return found!;
    }

    /// <summary>Lets the clock go on until it holds.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, TimeSpan? patience = null)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        deadline.CancelAfter(patience ?? TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            if (time is FakeTimeProvider fake)
                fake.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(20, Cancelled);
            Assert.False(deadline.IsCancellationRequested, $"It did not come to that. Logged: {string.Join('\n', Logged.With(""))} Told: {string.Join('\n', Told)}");
        }
    }

    public Task UntilAsync(Func<bool> condition, TimeSpan? patience = null) => UntilAsync(() => Task.FromResult(condition()), patience);

    public string LogOf(V1Job job, int attempt = 1) => RunLogs.PathOf(Configuration.DataFolder, RunId.Parse(job.Metadata.Name), attempt);

    public async ValueTask DisposeAsync()
    {
        await service.StopAsync(CancellationToken.None);
        service.Dispose();
        clusters.Dispose();
        repositories.Dispose();
        logs.Dispose();
    }

    private async Task ConnectAsync()
    {
        await using (var context = Database.CreateDbContext())
        {
            if (!context.Repositories.Any())
            {
                context.Add(new ConnectedRepository { Id = Jobs.Repository.Id, Name = Jobs.Repository.Name, Url = Jobs.Repository.Url, Configured = false, ConnectedAt = time.GetUtcNow() });
                await context.SaveChangesAsync(Cancelled);
            }
        }
        await repositories.SyncAsync([], Cancelled);
    }
}
