using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>All that tells what became of the due times of one trigger on a cluster.</summary>
internal sealed record ClusterSchedule
{
    public required TriggerKey Key { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<DeploymentRecord> Deployments { get; init; }

    /// <summary>The trigger's newest records, oldest first: those of <see cref="PassedOverTimes.Most"/> due times at least.</summary>
    public required IReadOnlyList<RunRecord> Runs { get; init; }

    /// <summary>None when it is not on the cluster.</summary>
    public CronJobSeen? CronJob { get; init; }

    public PauseRecord? Pause { get; init; }

    /// <summary>Why the engine itself holds it still: its branch is gone, or its repository is no longer served.</summary>
    public string? Standstill { get; init; }

    /// <summary>Since when the engine sees every Job without a gap.</summary>
    public required DateTimeOffset SeenSince { get; init; }
}
