using System.Diagnostics;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Hosting;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>
/// Real repositories that change, webhooks over a bad network, a database that stalls, a disk that is full, and an engine that is killed again and again.
/// After each kill the ledger is checked; now and then the engine is left in peace, and must come to what git says.
/// </summary>
internal sealed class KillLoop : IAsyncDisposable
{
    private const int KillsInARow = 20;

    private static readonly TimeSpan LongestStall = TimeSpan.FromSeconds(4), Peace = TimeSpan.FromMinutes(4), Often = TimeSpan.FromMilliseconds(300);

    private readonly KillCluster? cluster;
    private readonly SmallDisk? disk;
    private readonly Random random;
    private readonly EngineProcess engine;
    private readonly Toolbox tools;
    private readonly Courier courier;
    private readonly KillLedger ledger;
    private readonly Effects effects;
    private readonly KillMoments moments;
    private readonly IReadOnlyList<KillSource> sources;
    private readonly Dictionary<(string Repository, int Version), string> images = [];
    private TimeSpan untilReady = TimeSpan.FromSeconds(1);

    /// <param name="folder">Where everything is.</param>
    /// <param name="engine">What is killed.</param>
    /// <param name="sources">Connected repositories.</param>
    /// <param name="effects">Of the sources' jobs.</param>
    /// <param name="cluster">Where it deploys to; none: this machine.</param>
    /// <param name="disk">Where its data are, to be filled now and then; none: that is not tried.</param>
    /// <param name="random">Decides on everything.</param>
    public KillLoop(TempFolder folder, EngineProcess engine, IReadOnlyList<KillSource> sources, Effects effects, KillCluster? cluster, SmallDisk? disk, Random random)
    {
        (this.engine, this.sources, this.effects, this.cluster, this.disk, this.random) = (engine, sources, effects, cluster, disk, random);
        tools = new Toolbox(folder, Found("git"), Found(ContainerEngine.Name));
        courier = new Courier(engine, File.ReadAllText(folder["secrets/webhook"]), random);
        ledger = new KillLedger(engine.DataFolder, courier, tools, effects);
        moments = new KillMoments(random, cluster is not null);
        File.AppendAllLines(engine.Configuration, ["", "limits: { contextSize: 8Mi }", "repositories:", .. sources.Select(source => $"  - {{ url: \"{source.Url}\" }}")]);
    }

    /// <summary>How often it came to each moment, and to a kill at the end of the time instead.</summary>
    public SortedDictionary<string, int> Report { get; } = new(StringComparer.Ordinal);

    public async Task RunAsync(int kills)
    {
        await SettleAsync();
        foreach (var source in sources)
            await source.PromoteAsync();
        for (var kill = 1; kill <= kills; kill++)
        {
            await KillAsync(moments.Next());
            if (kill % KillsInARow == 0)
                await SettleAsync();
        }
        await CompleteAsync();
        await SettleAsync();
        // Or the ledger would have had nothing to look at.
        Assert.NotEqual(0, ledger.BuildCalls);
        Assert.NotEmpty(courier.Acknowledged);
        Assert.Superset(KillMoments.Stages.ToHashSet(), Report.Keys.ToHashSet());
        Report["(builds called)"] = ledger.BuildCalls;
        Report["(deliveries acknowledged)"] = courier.Acknowledged.Count;
        Report["(runs recorded)"] = ledger.Runs;
    }

    public async ValueTask DisposeAsync()
    {
        courier.Dispose();
        await engine.DisposeAsync();
    }

    /// <summary>Every stage has been cut short at its boundary, too few kills or a moment that was missed notwithstanding.</summary>
    private async Task CompleteAsync()
    {
        foreach (var stage in KillMoments.Stages)
        {
            for (var again = 0; again < 3 && !Report.ContainsKey(stage); again++)
                await KillAsync(KillMoments.At(stage));
        }
    }

    private async Task KillAsync(KillMoment moment)
    {
        var isOver = false;
        tools.Arm(moment.Call);
        if (moment.Request is { } request)
            cluster!.Server.End(engine.KillAsync, sent => !isOver && request(sent), moment.AfterRequest);
        if (moment.RegistryRequest is { } asked)
            cluster!.Registry.End(engine.KillAsync, () => !isOver && asked(), moment.AfterRequest);
        var pushes = new List<(KillSource, string)>();
        for (var push = random.Next(1, 4); push > 0; push--)
        {
            // What the moment needs is not taken back by the next push.
            var choice = moment.Wants == KillChange.Anything ? sources : [.. sources.Where(one => pushes.All(pushed => pushed.Item1 != one))];
            if (choice.Count == 0)
                break;
            var source = choice[random.Next(choice.Count)];
            pushes.Add((source, await source.ChangeAsync(pushes.Count == 0 ? moment.Wants : KillChange.Anything)));
        }
        var begun = Stopwatch.GetTimestamp();
        var started = engine.StartAsync(("PATH", tools.SearchPath), (FailPoint.Variable, moment.FailPoint ?? ""));
        var end = moment.AtRandom is { } life ? Task.Delay(untilReady * life) : Task.Delay(Timeout.Infinite);
        if (await Task.WhenAny(started, end) == started && !engine.HasExited)
        {
            untilReady = Stopwatch.GetElapsedTime(begun);
            await WorkAsync(pushes, end);
        }
        Count(engine.HasExited || moment.AtRandom is not null ? moment.Name : moment.Name + ", not come to");
        if (!engine.HasExited)
            await engine.KillAsync();
        await started;
        await courier.EndAsync();
        tools.Arm(null);
        isOver = true;
        await ledger.CheckAsync();
    }

    private async Task WorkAsync(IEnumerable<(KillSource, string)> pushes, Task end)
    {
        var stall = random.Next(12) == 0 ? StallAsync(LongestStall * random.NextDouble()) : Task.CompletedTask;
        var full = disk is not null && random.Next(12) == 0 ? FillAsync(disk, LongestStall * random.NextDouble()) : Task.CompletedTask;
        courier.Send(pushes);
        if (random.Next(4) == 0)
            await engine.TryPostAsync("runs", new RunRequest(sources[random.Next(sources.Count)].Name, "dev", "job", null));
        await Task.WhenAny(end, IdleAsync());
        await Task.WhenAll(stall, full);
    }

    /// <summary>Until the engine is dead, or has done all that it knew of.</summary>
    private async Task IdleAsync()
    {
        await courier.EndAsync();
        await engine.UntilAsync("nothing is due", async () => engine.HasExited || (await RepositoriesAsync()).All(view => view.Passes.All(pass => !pass.Due)), Peace, Often);
    }

    /// <summary>Somebody else writes to the database, and takes long.</summary>
    private async Task StallAsync(TimeSpan duration)
    {
        Count("(stalls of the database)");
        await using var connection = new SqliteConnection($"Data Source={Database.FileIn(engine.DataFolder)};Pooling=False;Default Timeout=20");
        await connection.OpenAsync();
        await using (await connection.BeginTransactionAsync())
            await Task.Delay(duration);
    }

    private async Task FillAsync(SmallDisk full, TimeSpan duration)
    {
        Count("(times that the disk was full)");
        full.Fill();
        await Task.Delay(duration);
        full.MakeRoom();
    }

    /// <summary>The engine is left in peace, and ends by itself when it is told to.</summary>
    private async Task SettleAsync()
    {
        await engine.StartAsync(("PATH", tools.SearchPath));
        Assert.False(engine.HasExited, engine.Log);
        await engine.PostAsync<SyncReply>("sync", new SyncRequest(null, null));
        foreach (var source in sources)
        {
            foreach (var (branch, content) in source.Branches)
                await engine.UntilAsync($"{source.Name} is what {branch} says: {content}", () => IsAsync(source, branch == "main" ? "dev" : branch, content), Peace, Often);
        }
        foreach (var source in sources)
            source.IsTested();
        if (cluster is null)
            await RunAsync(sources[0]);
        Assert.Equal(0, await engine.StopAsync());
        await ledger.CheckAsync();
    }

    /// <summary>What a job does outside of its container is seen there.</summary>
    private async Task RunAsync(KillSource source)
    {
        var run = await engine.PostAsync<RunView>("runs", new RunRequest(source.Name, "dev", source.Branches["main"].Trigger, null));
        await engine.UntilAsync("it has run", async () => (await engine.GetAsync<RunView>($"runs/{run.Id}")).FinishedAt is not null);
        Assert.Equal(RunState.Succeeded, (await engine.GetAsync<RunView>($"runs/{run.Id}")).State);
        Assert.Equal(1, effects.Counts[run.Id]);
    }

    private async Task<bool> IsAsync(KillSource source, string environment, KillSource.Content content)
    {
        var pass = (await RepositoriesAsync()).Single(view => view.Name == source.Name).Passes.Single(one => one.Environment == environment);
        if (pass.Commit != content.Commit || pass is not { Due: false, Outcome: PassOutcome.Applied or PassOutcome.Unchanged })
            return false;
        var trigger = Assert.Single(await engine.GetAsync<IReadOnlyList<TriggerView>>("triggers"), one => one.Repository == source.Name && one.Environment == environment);
        if ((trigger.Trigger, trigger.Schedule, trigger.State) != (content.Trigger, content.Schedule, TriggerState.Deployed))
            return false;
        // The same content is the same image, in every environment and for ever.
        Assert.Equal(images.TryAdd((source.Name, content.Version), trigger.Release!.Image) ? trigger.Release.Image : images[(source.Name, content.Version)], trigger.Release.Image);
        return true;
    }

    private Task<IReadOnlyList<RepositoryView>> RepositoriesAsync() => engine.GetAsync<IReadOnlyList<RepositoryView>>("repositories");

    private void Count(string what) => Report[what] = Report.GetValueOrDefault(what) + 1;

    private static string Found(string program) => program.Contains('/', StringComparison.Ordinal)
        ? program
        : Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(path => Path.Combine(path, program)).First(File.Exists);
}
