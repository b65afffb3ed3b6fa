using System.Collections.Frozen;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Observability;

/// <summary>Counts what happens. Nothing here can be made again from the store: what can is in <see cref="StateGauges"/>.</summary>
internal sealed class MetricsListener(EngineMetrics metrics, RepositoryNames names)
{
    // The event's name comes from a header: one that GitHub does not have must not make a series.
    private static readonly FrozenSet<string> Events =
        FrozenSet.Create(StringComparer.Ordinal, "push", "ping", "pull_request", "delete", "create", "installation", "installation_repositories", "check_run", "check_suite", "issue_comment", "workflow_run", "repository");

    public void On(EngineEvent happened)
    {
        switch (happened)
        {
            case EngineEvent.DeliveryReceived delivery:
                metrics.Deliveries.WithLabels(Events.Contains(delivery.Event) ? delivery.Event : "other", delivery.Result).Inc();
                break;
            case EngineEvent.RemoteAsked { Repository: var repository, Problem: var problem }:
                metrics.RemoteChecks.WithLabels(names.Of(repository), problem is null ? "answered" : "failed").Inc();
                break;
            case EngineEvent.PassFinished { Pass: var pass, Took: var took }:
                metrics.Reconciliations.WithLabels(names.Of(pass.Repository), pass.Environment.Value, EngineMetrics.Label(pass.Outcome)).Inc();
                metrics.ReconciliationDuration.WithLabels(pass.Environment.Value).Observe(took.TotalSeconds);
                break;
            case EngineEvent.BuildFinished { Build: var build }:
                Count(build);
                break;
            case EngineEvent.Deployed { Deployment: var deployment }:
                Count(deployment);
                break;
            case EngineEvent.RunChanged { Run: var run }:
                Count(run);
                break;
            case EngineEvent.ClusterSeen { Environment: var environment, IsUp: var isUp }:
                metrics.ClusterUp.WithLabels(environment.Value).Set(isUp ? 1 : 0);
                break;
        }
    }

    private void Count(BuildRecord build)
    {
        metrics.Builds.WithLabels(names.Of(build.Repository), build.Trigger.Value, EngineMetrics.Label(build.State)).Inc();
        // One that never had a place took no time, and is no quick build.
        if (build.FinishedAt - build.StartedAt is { } took && took > TimeSpan.Zero)
            metrics.BuildDuration.WithLabels(names.Of(build.Repository), build.Trigger.Value).Observe(took.TotalSeconds);
    }

    private void Count(DeploymentRecord deployment)
    {
        var labels = Labels(deployment.Key);
        metrics.Deployments.WithLabels([.. labels, EngineMetrics.Label(deployment.Kind)]).Inc();
        if (deployment.Kind is DeploymentKind.Promoted)
            metrics.Promotions.WithLabels(labels).Inc();
    }

    private void Count(RunRecord run)
    {
        if (!run.IsFinished)
            return;
        var labels = Labels(run.Key);
        switch (run.State)
        {
            case RunState.Missed:
                metrics.MissedRuns.WithLabels(labels).Inc();
                return;
            case RunState.Skipped:
                metrics.SkippedRuns.WithLabels(labels).Inc();
                return;
            case RunState.Suspended:
                metrics.SuspendedRuns.WithLabels(labels).Inc();
                return;
        }
        metrics.Runs.WithLabels([.. labels, EngineMetrics.Label(run.State)]).Inc();
        if (run.FinishedAt - run.StartedAt is { } took)
            metrics.RunDuration.WithLabels(labels).Observe(took.TotalSeconds);
        if (run is { Origin: RunOrigin.Schedule, StartDelay: { } delay })
            metrics.RunStartDelay.WithLabels(labels).Observe(Math.Max(0, delay.TotalSeconds));
    }

    private string[] Labels(TriggerKey key) => [names.Of(key.Repository), key.Environment.Value, key.Trigger.Value];
}
