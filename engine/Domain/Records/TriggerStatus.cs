namespace GitOps.Triggers.Domain;

/// <summary>What the last pass made of one trigger in one environment.</summary>
internal sealed record TriggerStatus
{
    public required TriggerKey Key
    {
        get => new(Repository, Environment, Trigger);
        init => (Repository, Environment, Trigger) = (value.Repository, value.Environment, value.Trigger);
    }

    public RepositoryId Repository { get; private init; } = null!;

    public EnvironmentName Environment { get; private init; } = null!;

    public TriggerName Trigger { get; private init; } = null!;

    public required CommitSha Commit { get; init; }

    public required TriggerState State { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Message { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>When a held one is looked at again.</summary>
    public DateTimeOffset? Until { get; init; }

    public required DateTimeOffset At { get; init; }
}
