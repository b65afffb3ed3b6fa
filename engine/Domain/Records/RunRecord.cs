namespace GitOps.Triggers.Domain;

/// <summary>One time at which a trigger was due, or was asked to run, and what became of it. Every due time has exactly one.</summary>
internal sealed record RunRecord : TriggerRecord
{
    /// <summary>The kubelet's word for an image that is only in the machine's own store, and no longer there.</summary>
    public const string ImageNeverPull = "ErrImageNeverPull";

    public required RunId Id { get; init; }

    public required RunOrigin Origin { get; init; }

    /// <summary>The schedule's time; for a run on demand, when it was asked for.</summary>
    public required DateTimeOffset ScheduledFor { get; init; }

    public required RunState State { get; init; }

    public required CommitSha Commit { get; init; }

    public required ImageReference Image { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>From 1; the attempt that runs or ran last; 0 when none was made.</summary>
    public int Attempt { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Kubernetes' word where there is one: <c>Completed</c>, <c>Error</c>, <c>OOMKilled</c>, <c>DeadlineExceeded</c>, <c>JobAlreadyActive</c>, …</summary>
    public string? Reason { get; init; }

    /// <summary>The reason in a sentence, masked.</summary>
    public string? Message { get; init; }

    /// <summary>The cluster's node that its last attempt was given to; none on this machine.</summary>
    public string? Node { get; init; }

    /// <summary>Arguments of a run on demand in place of the manifest's.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>It failed since its image is gone from where it cannot be had again but by a build.</summary>
    public bool LacksImage => State == RunState.Failed && Reason == ImageNeverPull;

    /// <summary>It was due and nothing was started for it.</summary>
    public bool IsPassedOver => RunStates.PassedOver.Contains(State);

    public bool IsFinished => State is not (RunState.Pending or RunState.Running);

    /// <summary>How long after its time it started; null when it did not start.</summary>
    public TimeSpan? StartDelay => StartedAt - ScheduledFor;
}
