using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Observability;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Prometheus;

namespace GitOps.Triggers.Tests.Observability;

/// <summary>The engine's metrics on a registry and a database of their own, with one trigger: <c>job</c> of <c>nightly</c>, in dev.</summary>
internal sealed class MetricsBench : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly CommitSha Commit = CommitSha.Parse(new string('a', 40));
    public static readonly ImageReference Image = ImageReference.Parse("sha256:" + new string('b', 64));
    public static readonly InputHash Hash = InputHash.Parse(new string('c', 64));

    private readonly TempFolder folder = new();
    private readonly Database database;
    private readonly RepositoryStore repositories;
    private readonly CollectorRegistry registry = Metrics.NewCustomRegistry();

    private MetricsBench()
    {
        database = new Database(folder.Path);
        repositories = new RepositoryStore(database, Time);
        var metrics = new EngineMetrics(registry);
        Events.Subscribe(new MetricsListener(metrics, new RepositoryNames(repositories)).On);
        new StateGauges(metrics, new FleetQuery(database), new QueueQuery(database), Time).Register(registry);
    }

    public FakeTimeProvider Time { get; } = new(Noon);

    public EventHub Events { get; } = new();

    public TriggerKey Key { get; private set; } = null!;

    public static async Task<MetricsBench> CreateAsync()
    {
        var bench = new MetricsBench();
        await bench.database.OpenAsync(CancellationToken.None);
        await bench.repositories.SyncAsync([new RepositorySettings { Url = RepositoryUrl.Parse("file:///srv/nightly.git") }], CancellationToken.None);
        bench.Key = new TriggerKey(bench.repositories.Current[0].Id, EnvironmentName.Parse("dev"), TriggerName.Parse("job"));
        return bench;
    }

    public async Task StoreAsync(params object[] rows)
    {
        await using var context = database.CreateDbContext();
        context.AddRange(rows);
        await context.SaveChangesAsync();
    }

    public async Task RemoveAsync(params object[] rows)
    {
        await using var context = database.CreateDbContext();
        context.RemoveRange(rows);
        await context.SaveChangesAsync();
    }

    /// <summary>What a scrape gets, line by line.</summary>
    public async Task<string[]> ScrapeAsync()
    {
        using var text = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(text);
        return Encoding.UTF8.GetString(text.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public DeploymentRecord Deployment(DeploymentKind kind) => new()
    {
        Key = Key,
        Commit = Commit,
        Hash = Hash,
        Image = Image,
        Settings = SettingsFingerprint.Parse(new string('d', 64)),
        Kind = kind,
        DeployedAt = Noon,
        Place = Place.ThisMachine,
        Expect = new Expectation { SuccessWithin = TimeSpan.FromHours(26), MaxDuration = TimeSpan.FromMinutes(5) },
        Schedule = "0 13 * * *",
        TimeZone = "Etc/UTC",
        Rendered = "",
    };

    public TriggerStatus Status(TriggerState state) => new() { Key = Key, Commit = Commit, State = state, Message = "", At = Noon };

    /// <summary>A run that was due at noon.</summary>
    public RunRecord Run(string id, RunState state, TimeSpan? startedAfter = null, TimeSpan? took = null, RunOrigin origin = RunOrigin.Schedule) => new()
    {
        Id = RunId.Parse(id),
        Key = Key,
        Origin = origin,
        ScheduledFor = Noon,
        State = state,
        Commit = Commit,
        Image = Image,
        StartedAt = Noon + startedAfter,
        FinishedAt = Noon + startedAfter + took,
    };

    public void Dispose()
    {
        repositories.Dispose();
        folder.Dispose();
    }
}
