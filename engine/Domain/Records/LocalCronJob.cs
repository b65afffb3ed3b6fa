namespace GitOps.Triggers.Domain;

/// <summary>A CronJob applied to this machine: what a cluster's API server would hold.</summary>
internal sealed record LocalCronJob
{
    /// <summary>The CronJob's name, unique in one engine.</summary>
    public required string Name { get; init; }

    public required TriggerKey Key
    {
        get => new(Repository, Environment, Trigger);
        init => (Repository, Environment, Trigger) = (value.Repository, value.Environment, value.Trigger);
    }

    public RepositoryId Repository { get; private init; } = null!;

    public EnvironmentName Environment { get; private init; } = null!;

    public TriggerName Trigger { get; private init; } = null!;

    /// <summary>The rendered CronJob as JSON.</summary>
    public required string Spec { get; init; }

    /// <summary>Where its schedule counts from before its first run.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last due time that has been decided upon.</summary>
    public DateTimeOffset? LastScheduledFor { get; init; }
}
