namespace GitOps.Triggers.Domain;

/// <summary>A CronJob applied to this machine: what a cluster's API server would hold, its status included.</summary>
internal sealed record LocalCronJob : TriggerRecord
{
    /// <summary>The CronJob's name, unique in one engine.</summary>
    public required string Name { get; init; }

    /// <summary>The rendered CronJob as JSON.</summary>
    public required string Spec { get; init; }

    /// <summary>Grows with each change of <see cref="Spec"/>, so that nothing is decided by a spec that no longer holds.</summary>
    public required long Generation { get; init; }

    /// <summary>Since when the present schedule and zone hold; it makes nothing due before, and counts from there until its first run.</summary>
    public required DateTimeOffset ScheduleSince { get; init; }

    /// <summary>The last due time for which a run was started (Kubernetes' <c>lastScheduleTime</c>).</summary>
    public DateTimeOffset? LastScheduledFor { get; init; }

    /// <summary>Until when every due time has its run record.</summary>
    public required DateTimeOffset RecordedUntil { get; init; }
}
