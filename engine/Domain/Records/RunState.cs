namespace GitOps.Triggers.Domain;

/// <summary>Missed, skipped and suspended are three different things and never mixed up; a late run is one that ran, with a start delay.</summary>
internal enum RunState
{
    /// <summary>Recorded, its container is not started yet (or waits for its next attempt).</summary>
    Pending,
    Running,
    Succeeded,
    Failed,

    /// <summary>Ended because a newer one took its place (concurrencyPolicy Replace), or, on a cluster, because somebody deleted its Job.</summary>
    Cancelled,

    /// <summary>Due while nobody could start it, and found too late.</summary>
    Missed,

    /// <summary>Due while an earlier run went on and concurrencyPolicy is Forbid.</summary>
    Skipped,

    /// <summary>Due while the trigger was suspended or paused.</summary>
    Suspended,
}
