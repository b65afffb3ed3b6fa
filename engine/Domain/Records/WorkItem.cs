namespace GitOps.Triggers.Domain;

/// <summary>One (repository, environment) that is due to be reconciled. It stays stored until a pass for this very generation is complete.</summary>
internal sealed record WorkItem
{
    public required WorkKey Key
    {
        get => new(Repository, Environment);
        init => (Repository, Environment) = (value.Repository, value.Environment);
    }

    public RepositoryId Repository { get; private init; } = null!;

    public EnvironmentName Environment { get; private init; } = null!;

    /// <summary>Grows with each mark; a pass that finds another one at its end leaves the work due.</summary>
    public required long Generation { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Failed passes in a row for this generation, for the back-off.</summary>
    public required int Attempt { get; init; }

    /// <summary>What marked it last, for people: <c>push</c>, <c>resync</c>, <c>run finished in dev</c>.</summary>
    public required string Reason { get; init; }
}
