namespace GitOps.Triggers.Domain;

/// <summary>An operator's pause: holds through any number of deployments until it is resumed.</summary>
internal sealed record PauseRecord
{
    public required TriggerKey Key
    {
        get => new(Repository, Environment, Trigger);
        init => (Repository, Environment, Trigger) = (value.Repository, value.Environment, value.Trigger);
    }

    public RepositoryId Repository { get; private init; } = null!;

    public EnvironmentName Environment { get; private init; } = null!;

    public TriggerName Trigger { get; private init; } = null!;

    public required DateTimeOffset Since { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public string? Reason { get; init; }
}
