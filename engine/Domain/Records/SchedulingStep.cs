namespace GitOps.Triggers.Domain;

/// <summary>What has been decided for one CronJob of this machine, to be stored before anything is done about it.</summary>
internal sealed record SchedulingStep
{
    /// <summary>The CronJob as it was when this was decided. When it has changed since, nothing is stored.</summary>
    public required LocalCronJob Decided { get; init; }

    public required DateTimeOffset RecordedUntil { get; init; }

    /// <summary>Due times that are not started.</summary>
    public IReadOnlyList<RunRecord> PassedOver { get; init; } = [];

    /// <summary>The run to start. Where its due time was passed over before, it takes that record's place.</summary>
    public RunRecord? Start { get; init; }

    public LocalJob? Job { get; init; }

    /// <summary>Runs that end to make place for it, in their final state.</summary>
    public IReadOnlyList<RunRecord> Cancelled { get; init; } = [];
}
