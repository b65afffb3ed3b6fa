namespace GitOps.Triggers.Domain;

/// <summary>A release placed in an environment. A trigger's newest one is what runs there, unless it is <see cref="Pruned"/>.</summary>
internal sealed record DeploymentRecord : TriggerRecord
{
    /// <summary>Given by the store, rising.</summary>
    public long Id { get; init; }

    public required CommitSha Commit { get; init; }

    public required InputHash Hash { get; init; }

    public required ImageReference Image { get; init; }

    /// <summary>What it runs under; with <see cref="Image"/> the release's identity.</summary>
    public required SettingsFingerprint Settings { get; init; }

    public required DeploymentKind Kind { get; init; }

    public required DateTimeOffset DeployedAt { get; init; }

    public required Place Place { get; init; }

    /// <summary>The resolved schedule, with its zone; none: awaiting schedule.</summary>
    public string? Schedule { get; init; }

    public string? TimeZone { get; init; }

    /// <summary>The manifest says <c>suspend: true</c>. An operator's pause is not in here.</summary>
    public bool Suspended { get; init; }

    /// <summary>Why the engine lets it start nothing, though it is still there: its branch is gone, or it is no longer served. None while it may run.</summary>
    public string? StandsStill { get; init; }

    public Expectation? Expect { get; init; }

    /// <summary>What was applied, as YAML (the CronJob), without the engine's own suspension: an operator's pause, a vanished branch. Empty in a history, which is read without it.</summary>
    public required string Rendered { get; init; }

    /// <summary>The build that made the image, in whichever environment.</summary>
    public long? BuildId { get; init; }

    /// <summary>When the trigger was taken down, since it left the branch or its repository was disconnected; none while it stands.</summary>
    public DateTimeOffset? PrunedAt { get; init; }

    public bool Pruned => PrunedAt is not null;
}
