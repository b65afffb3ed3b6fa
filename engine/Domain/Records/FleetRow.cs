namespace GitOps.Triggers.Domain;

/// <summary>Everything that is known of one trigger in one environment, as it is now.</summary>
internal sealed record FleetRow
{
    public required TriggerKey Key { get; init; }

    public required string RepositoryName { get; init; }

    public TriggerStatus? Status { get; init; }

    /// <summary>What runs; none before the first deployment.</summary>
    public DeploymentRecord? Deployment { get; init; }

    public PauseRecord? Pause { get; init; }

    /// <summary>The run that started last.</summary>
    public RunRecord? LastRun { get; init; }

    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>End of the last run that failed.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    public int ActiveRuns { get; init; }

    public bool IsSuspended => Pause is not null || Deployment is { Suspended: true } or { StandsStill: not null } || Status is { State: TriggerState.Suspended };

    /// <summary>The next due time; none when it is suspended, paused, awaits a schedule, or is not deployed.</summary>
    public DateTimeOffset? Next(DateTimeOffset now) =>
        !IsSuspended && Deployment is { Schedule: { } expression, TimeZone: { } zone } && CronSchedule.TryParse(expression, zone, out var schedule, out _)
            ? schedule.Next(now)
            : null;
}
