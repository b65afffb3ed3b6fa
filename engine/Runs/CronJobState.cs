using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>All that the next decision on a CronJob depends on, but the time.</summary>
internal sealed record CronJobState
{
    /// <summary>None: it never runs by itself.</summary>
    public CronSchedule? Schedule { get; init; }

    public bool Suspended { get; init; }

    public string? SuspendedBecause { get; init; }

    public ConcurrencyPolicy ConcurrencyPolicy { get; init; } = ConcurrencyPolicy.Forbid;

    public TimeSpan? StartingDeadline { get; init; }

    /// <summary>When the CronJob was made, or its schedule or zone last changed.</summary>
    public required DateTimeOffset ScheduleSince { get; init; }

    /// <summary>The last due time for which a run was started.</summary>
    public DateTimeOffset? LastScheduledFor { get; init; }

    /// <summary>Until when every due time has its record.</summary>
    public required DateTimeOffset RecordedUntil { get; init; }

    /// <summary>Scheduled runs that are not finished. One on demand is nobody's obstacle, as a Job made by hand is none for the controller.</summary>
    public IReadOnlyList<RunRecord> Active { get; init; } = [];
}
