using System.Reflection;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Observability;
using Xunit;

namespace GitOps.Triggers.Tests.Observability;

public class MetricsSpecs
{
    private const string Job = "repository=\"nightly\",environment=\"dev\",trigger=\"job\"";

    private static readonly string[] Version = typeof(EngineMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');

    private static readonly string[] Expected =
    [
        "deliveries_total{event=\"push\",result=\"marked\"} 2",
        "deliveries_total{event=\"other\",result=\"ignored\"} 1",
        "queue_depth 2",
        "queue_oldest_seconds 90",
        "remote_checks_total{repository=\"nightly\",outcome=\"answered\"} 1",
        "remote_checks_total{repository=\"nightly\",outcome=\"failed\"} 2",
        "reconciliations_total{repository=\"nightly\",environment=\"dev\",outcome=\"applied\"} 1",
        "reconciliations_total{repository=\"nightly\",environment=\"dev\",outcome=\"rejected\"} 1",
        "reconciliation_duration_seconds_sum{environment=\"dev\"} 3",
        "reconciliation_duration_seconds_count{environment=\"dev\"} 2",
        "reconciliation_duration_seconds_bucket{environment=\"dev\",le=\"1\"} 1",
        "builds_total{repository=\"nightly\",trigger=\"job\",outcome=\"succeeded\"} 1",
        "builds_total{repository=\"nightly\",trigger=\"job\",outcome=\"rejected\"} 1",
        "build_duration_seconds_sum{repository=\"nightly\",trigger=\"job\"} 40",
        "build_duration_seconds_count{repository=\"nightly\",trigger=\"job\"} 2",
        $"deployments_total{{{Job},kind=\"built\"}} 1",
        $"deployments_total{{{Job},kind=\"promoted\"}} 2",
        $"deployments_total{{{Job},kind=\"rolledback\"}} 1",
        $"promotions_total{{{Job}}} 2",
        $"runs_total{{{Job},outcome=\"succeeded\"}} 2",
        $"runs_total{{{Job},outcome=\"failed\"}} 1",
        $"runs_total{{{Job},outcome=\"cancelled\"}} 1",
        $"run_duration_seconds_sum{{{Job}}} 51",
        $"run_duration_seconds_count{{{Job}}} 4",
        $"run_duration_seconds_bucket{{{Job},le=\"5\"}} 2",
        // On demand is never late, and early by the clock's grain is in time.
        $"run_start_delay_seconds_sum{{{Job}}} 9",
        $"run_start_delay_seconds_count{{{Job}}} 3",
        $"runs_active{{{Job}}} 1",
        $"missed_runs_total{{{Job}}} 3",
        $"skipped_runs_total{{{Job}}} 2",
        $"suspended_runs_total{{{Job}}} 1",
        "last_build_failed{repository=\"nightly\",trigger=\"job\"} 1",
        $"last_run_failed{{{Job}}} 0",
        $"success_due_timestamp_seconds{{{Job}}} {MetricsBench.Noon.AddSeconds(32).AddHours(26).ToUnixTimeSeconds()}",
        $"last_success_timestamp_seconds{{{Job}}} {MetricsBench.Noon.AddSeconds(32).ToUnixTimeSeconds()}",
        $"next_run_timestamp_seconds{{{Job}}} {MetricsBench.Noon.AddHours(1).ToUnixTimeSeconds()}",
        $"expected_success_seconds{{{Job}}} 93600",
        $"expected_duration_seconds{{{Job}}} 300",
        $"trigger_suspended{{{Job}}} 0",
        $"trigger_state{{{Job},state=\"deployed\"}} 1",
        $"trigger_state{{{Job},state=\"rejected\"}} 0",
        "cluster_up{environment=\"dev\"} 0",
        $"engine_info{{version=\"{Version[0]}\",revision=\"{Version.ElementAtOrDefault(1)}\"}} 1",
    ];

    [Fact]
    public async Task Every_metric_tells_what_happened_and_what_is()
    {
        using var bench = await MetricsBench.CreateAsync();
        await bench.StoreAsync(
            bench.Status(TriggerState.Deployed),
            bench.Deployment(DeploymentKind.Built),
            bench.Run("job-1", RunState.Succeeded, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)),
            bench.Run("job-2", RunState.Running, TimeSpan.FromSeconds(3)),
            Build(bench, BuildState.Succeeded, 30).Build with { Id = 1 },
            Build(bench, BuildState.Rejected, 10).Build with { Id = 2 },
            Build(bench, BuildState.Cancelled, 0).Build with { Id = 3 },
            Work(bench, "dev", MetricsBench.Noon.AddSeconds(-90)),
            Work(bench, "test", MetricsBench.Noon),
            Work(bench, "prod", MetricsBench.Noon.AddSeconds(1)));
        Happen(bench);

        var lines = await bench.ScrapeAsync();

        Assert.All(Expected, line => Assert.Contains("gitops_triggers_" + line, lines));
        var exposed = lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]);
        Assert.All(exposed, name => Assert.Contains(Expected, line => ("gitops_triggers_" + line).StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_paused_trigger_has_no_next_run_and_what_is_gone_is_not_told_any_more()
    {
        using var bench = await MetricsBench.CreateAsync();
        object[] trigger = [bench.Status(TriggerState.Rejected), bench.Deployment(DeploymentKind.Built) with { Id = 1 }];
        await bench.StoreAsync(trigger);
        Assert.Contains(await bench.ScrapeAsync(), line => line.StartsWith("gitops_triggers_next_run", StringComparison.Ordinal));

        await bench.StoreAsync(new PauseRecord { Key = bench.Key, Since = MetricsBench.Noon });
        var paused = await bench.ScrapeAsync();

        Assert.Contains($"gitops_triggers_trigger_suspended{{{Job}}} 1", paused);
        Assert.Contains($"gitops_triggers_trigger_state{{{Job},state=\"rejected\"}} 1", paused);
        Assert.Contains($"gitops_triggers_trigger_state{{{Job},state=\"deployed\"}} 0", paused);
        Assert.DoesNotContain(paused, line => line.StartsWith("gitops_triggers_next_run", StringComparison.Ordinal));

        await bench.RemoveAsync(trigger);
        Assert.DoesNotContain(await bench.ScrapeAsync(), line => line.Contains(Job, StringComparison.Ordinal) && !line.Contains("_total{", StringComparison.Ordinal));
    }

    /// <summary>What a series begins with, Prometheus' <c>increase()</c> cannot see.</summary>
    [Fact]
    public async Task Counters_of_a_trigger_begin_at_0()
    {
        using var bench = await MetricsBench.CreateAsync();
        await bench.StoreAsync(bench.Status(TriggerState.Deployed), bench.Deployment(DeploymentKind.Built));

        var lines = await bench.ScrapeAsync();

        Assert.All(
            (string[])[$"runs_total{{{Job},outcome=\"succeeded\"}} 0", $"runs_total{{{Job},outcome=\"failed\"}} 0", $"missed_runs_total{{{Job}}} 0", $"promotions_total{{{Job}}} 0", "builds_total{repository=\"nightly\",trigger=\"job\",outcome=\"rejected\"} 0", "deliveries_total{event=\"push\",result=\"marked\"} 0"],
            line => Assert.Contains("gitops_triggers_" + line, lines));
    }

    [Fact]
    public async Task A_trigger_that_never_ran_well_is_due_from_its_first_deployment_on()
    {
        using var bench = await MetricsBench.CreateAsync();
        await bench.StoreAsync(
            bench.Status(TriggerState.Deployed),
            bench.Deployment(DeploymentKind.Built) with { DeployedAt = MetricsBench.Noon.AddHours(-3) },
            bench.Deployment(DeploymentKind.Settings) with { DeployedAt = MetricsBench.Noon });

        var lines = await bench.ScrapeAsync();

        Assert.Contains($"gitops_triggers_success_due_timestamp_seconds{{{Job}}} {MetricsBench.Noon.AddHours(23).ToUnixTimeSeconds()}", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("gitops_triggers_last_build_failed{", StringComparison.Ordinal));
    }

    private static void Happen(MetricsBench bench)
    {
        Publish(bench,
            new EngineEvent.ClusterSeen(bench.Key.Environment, IsUp: false),
            new EngineEvent.DeliveryReceived("push", "marked"),
            new EngineEvent.DeliveryReceived("push", "marked"),
            new EngineEvent.DeliveryReceived("no event of GitHub's", "ignored"),
            new EngineEvent.RemoteAsked(bench.Key.Repository, "refused", IsNews: true),
            new EngineEvent.RemoteAsked(bench.Key.Repository, "refused", IsNews: false),
            new EngineEvent.RemoteAsked(bench.Key.Repository, null, IsNews: true),
            Pass(bench, PassOutcome.Applied, 0.5),
            Pass(bench, PassOutcome.Rejected, 2.5),
            Build(bench, BuildState.Succeeded, 30),
            Build(bench, BuildState.Rejected, 10),
            // It never had a place.
            Build(bench, BuildState.Cancelled, 0),
            new EngineEvent.Deployed(bench.Deployment(DeploymentKind.Built)),
            new EngineEvent.Deployed(bench.Deployment(DeploymentKind.Promoted)),
            new EngineEvent.Deployed(bench.Deployment(DeploymentKind.Promoted)),
            new EngineEvent.Deployed(bench.Deployment(DeploymentKind.RolledBack)));
        RunRecord[] runs =
        [
            bench.Run("job-1", RunState.Succeeded, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)),
            bench.Run("job-2", RunState.Running, TimeSpan.FromSeconds(3)),
            bench.Run("job-3", RunState.Succeeded, TimeSpan.FromMilliseconds(-1), TimeSpan.FromSeconds(3)),
            bench.Run("job-4", RunState.Failed, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(17)),
            bench.Run("job-5", RunState.Cancelled, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(1), RunOrigin.OnDemand),
            .. Enumerable.Repeat(bench.Run("job-6", RunState.Missed), 3),
            .. Enumerable.Repeat(bench.Run("job-7", RunState.Skipped), 2),
            bench.Run("job-8", RunState.Suspended),
        ];
        Publish(bench, [.. runs.Select(run => new EngineEvent.RunChanged(run))]);
    }

    private static void Publish(MetricsBench bench, params EngineEvent[] events)
    {
        foreach (var happened in events)
            bench.Events.Publish(happened);
    }

    private static WorkItem Work(MetricsBench bench, string environment, DateTimeOffset dueAt) =>
        new() { Key = new WorkKey(bench.Key.Repository, EnvironmentName.Parse(environment)), Generation = 1, DueAt = dueAt, Attempt = 0, Reason = "push" };

    private static EngineEvent.PassFinished Pass(MetricsBench bench, PassOutcome outcome, double seconds) => new(
        new PassRecord { Key = bench.Key.Work, Outcome = outcome, Message = "", FinishedAt = MetricsBench.Noon }, TimeSpan.FromSeconds(seconds));

    private static EngineEvent.BuildFinished Build(MetricsBench bench, BuildState state, int seconds) => new(new BuildRecord
    {
        Repository = bench.Key.Repository,
        Trigger = bench.Key.Trigger,
        Environment = bench.Key.Environment,
        Hash = MetricsBench.Hash,
        Commit = MetricsBench.Commit,
        State = state,
        Builder = "podman build",
        StartedAt = MetricsBench.Noon,
        FinishedAt = MetricsBench.Noon.AddSeconds(seconds),
    });
}
