namespace GitOps.Triggers.Domain;

/// <summary>The last reconciliation of one (repository, environment).</summary>
internal sealed record PassRecord
{
    public required WorkKey Key
    {
        get => new(Repository, Environment);
        init => (Repository, Environment) = (value.Repository, value.Environment);
    }

    public RepositoryId Repository { get; private init; } = null!;

    public EnvironmentName Environment { get; private init; } = null!;

    /// <summary>The branch's head; none when the branch does not exist.</summary>
    public CommitSha? Commit { get; init; }

    public required PassOutcome Outcome { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>Findings that belong to no single trigger.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public required DateTimeOffset FinishedAt { get; init; }
}
