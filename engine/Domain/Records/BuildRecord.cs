namespace GitOps.Triggers.Domain;

/// <summary>One build, from when it was asked for on.</summary>
internal sealed record BuildRecord
{
    /// <summary>Given by the store; what people type.</summary>
    public long Id { get; init; }

    public required RepositoryId Repository { get; init; }

    public required TriggerName Trigger { get; init; }

    /// <summary>The environment whose pass asked for it.</summary>
    public required EnvironmentName Environment { get; init; }

    public required InputHash Hash { get; init; }

    public required CommitSha Commit { get; init; }

    public required BuildState State { get; init; }

    public required string Builder { get; init; }

    /// <summary>When it had its place. While it waits, when it was asked for; of one that never had a place, its end.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Set when <see cref="State"/> is <see cref="BuildState.Succeeded"/>.</summary>
    public ImageReference? Image { get; init; }

    /// <summary>Why it failed or was cancelled, masked.</summary>
    public string? Reason { get; init; }

    /// <summary>What is wrong with its inputs, masked; set when <see cref="State"/> is <see cref="BuildState.Rejected"/>.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Somebody asked for another try since: its inputs may be built again.</summary>
    public bool Forgotten { get; init; }
}
