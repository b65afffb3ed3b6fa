using System.Reflection;
using GitOps.Triggers.Domain;
using Prometheus;

namespace GitOps.Triggers.Observability;

/// <summary>Every metric of the engine. Labels are repository, environment, trigger and small enums: never a sha, a branch or a run's id, so that series stay few.</summary>
internal sealed class EngineMetrics
{
    private static readonly string[] Trigger = ["repository", "environment", "trigger"];
    private static readonly double[] Seconds = [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600];

    private readonly IMetricFactory metrics;

    public EngineMetrics(CollectorRegistry registry)
    {
        metrics = Metrics.WithCustomRegistry(registry);
        Deliveries = Counter("deliveries_total", "Webhook deliveries by event and what became of them.", "event", "result");
        Deliveries.WithLabels("push", "marked");
        QueueDepth = Gauge("queue_depth", "Keys (repository, environment) that are due now.");
        QueueOldest = Gauge("queue_oldest_seconds", "How long the oldest due key has waited.");
        RemoteChecks = Counter("remote_checks_total", "Questions to remotes for their branches, by which lost webhooks are found: answered or failed.", "repository", "outcome");
        Reconciliations = Counter("reconciliations_total", "Finished passes by outcome.", "repository", "environment", "outcome");
        ReconciliationDuration = Histogram("reconciliation_duration_seconds", "How long a pass took, builds included.", "environment");
        Builds = Counter("builds_total", "Finished builds by outcome.", "repository", "trigger", "outcome");
        BuildDuration = Histogram("build_duration_seconds", "How long a build took.", "repository", "trigger");
        Deployments = Counter("deployments_total", "Releases placed in an environment by where the image came from.", [.. Trigger, "kind"]);
        Promotions = Counter("promotions_total", "Images that came to an environment from upstream for the first time; a return to one is a deployment of the kind rolledback.", Trigger);
        Runs = Counter("runs_total", "Finished runs by outcome.", [.. Trigger, "outcome"]);
        RunDuration = Histogram("run_duration_seconds", "How long a run took, all attempts together.", Trigger);
        RunStartDelay = Histogram("run_start_delay_seconds", "How long after its scheduled time a run started.", Trigger);
        RunsActive = Gauge("runs_active", "Runs that go on.", Trigger);
        MissedRuns = Counter("missed_runs_total", "Due times at which nothing could be started.", Trigger);
        SkippedRuns = Counter("skipped_runs_total", "Due times passed over because an earlier run went on.", Trigger);
        SuspendedRuns = Counter("suspended_runs_total", "Due times passed over because the trigger was suspended or paused.", Trigger);
        LastBuildFailed = Gauge("last_build_failed", "1 when the trigger's last build that ended by itself made no image, 0 when it did.", "repository", "trigger");
        LastRunFailed = Gauge("last_run_failed", "1 when the last run that succeeded or failed did fail, 0 when it did not.", Trigger);
        LastSuccess = Gauge("last_success_timestamp_seconds", "End of the last successful run, in seconds since 1970.", Trigger);
        NextRun = Gauge("next_run_timestamp_seconds", "Next due time, in seconds since 1970; absent when none is due.", Trigger);
        ExpectedSuccess = Gauge("expected_success_seconds", "How old the last success may be, by the manifest's expect.successWithin.", Trigger);
        SuccessDue = Gauge("success_due_timestamp_seconds", "When the next success is due at the latest, in seconds since 1970: expect.successWithin after the last one, or after the first deployment.", Trigger);
        ExpectedDuration = Gauge("expected_duration_seconds", "How long a run may take, by the manifest's expect.maxDuration.", Trigger);
        Suspended = Gauge("trigger_suspended", "1 while the trigger is suspended or paused.", Trigger);
        State = Gauge("trigger_state", "1 for the state that the last pass left the trigger in.", [.. Trigger, "state"]);
        ClusterUp = Gauge("cluster_up", "1 while the environment's Jobs are seen on its cluster, 0 from a failure to see them until all are listed anew.", "environment");
        Info = Gauge("engine_info", "Always 1; which engine this is.", "version", "revision");
        var said = typeof(EngineMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');
        Info.WithLabels(said[0], said.ElementAtOrDefault(1) ?? "").Set(1);
    }

    public Counter Deliveries { get; }

    public Gauge QueueDepth { get; }

    public Gauge QueueOldest { get; }

    public Counter RemoteChecks { get; }

    public Counter Reconciliations { get; }

    public Histogram ReconciliationDuration { get; }

    public Counter Builds { get; }

    public Histogram BuildDuration { get; }

    public Counter Deployments { get; }

    public Counter Promotions { get; }

    public Counter Runs { get; }

    public Histogram RunDuration { get; }

    public Histogram RunStartDelay { get; }

    public Gauge RunsActive { get; }

    public Counter MissedRuns { get; }

    public Counter SkippedRuns { get; }

    public Counter SuspendedRuns { get; }

    public Gauge LastBuildFailed { get; }

    public Gauge LastRunFailed { get; }

    public Gauge LastSuccess { get; }

    public Gauge NextRun { get; }

    public Gauge ExpectedSuccess { get; }

    public Gauge SuccessDue { get; }

    public Gauge ExpectedDuration { get; }

    public Gauge Suspended { get; }

    public Gauge State { get; }

    public Gauge ClusterUp { get; }

    public Gauge Info { get; }

    /// <summary>Has the counters of a trigger begin at 0: what a series begins with, Prometheus' <c>increase()</c> cannot see.</summary>
    public void Begin(string repository, string environment, string trigger)
    {
        string[] labels = [repository, environment, trigger];
        foreach (var counter in (Counter[])[MissedRuns, SkippedRuns, SuspendedRuns, Promotions])
            counter.WithLabels(labels);
        foreach (var outcome in (RunState[])[RunState.Succeeded, RunState.Failed])
            Runs.WithLabels([.. labels, Label(outcome)]);
        foreach (var outcome in (BuildState[])[BuildState.Succeeded, BuildState.Rejected, BuildState.Failed])
            Builds.WithLabels(repository, trigger, Label(outcome));
        Reconciliations.WithLabels(repository, environment, Label(PassOutcome.Applied));
    }

    /// <summary>An enum's member as a label's value.</summary>
    public static string Label<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private Counter Counter(string name, string help, params string[] labels) => metrics.CreateCounter(Full(name), help, labels);

    private Gauge Gauge(string name, string help, params string[] labels) => metrics.CreateGauge(Full(name), help, labels);

    private Histogram Histogram(string name, string help, params string[] labels) =>
        metrics.CreateHistogram(Full(name), help, labels, new HistogramConfiguration { Buckets = Seconds });

    private static string Full(string name) => "gitops_triggers_" + name;
}
