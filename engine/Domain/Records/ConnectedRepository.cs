namespace GitOps.Triggers.Domain;

/// <summary>A repository that this engine serves, from <c>engine.yaml</c> or from <c>connect</c>.</summary>
internal sealed record ConnectedRepository
{
    public required RepositoryId Id { get; init; }

    public required string Name { get; init; }

    public required RepositoryUrl Url { get; init; }

    public string? TokenFile { get; init; }

    public string? SshKeyFile { get; init; }

    /// <summary>It stands in <c>engine.yaml</c>, and leaves when it leaves there.</summary>
    public required bool Configured { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    public Repository Repository => new() { Id = Id, Name = Name, Url = Url };
}
