namespace GitOps.Triggers.Domain;

/// <summary>A repository that this engine served once. What is left of it is shown under its name, and when it comes back it is the same again.</summary>
internal sealed record RetiredRepository
{
    public required RepositoryId Id { get; init; }

    public required string Name { get; init; }

    public required RepositoryUrl Url { get; init; }

    public required DateTimeOffset RetiredAt { get; init; }

    /// <summary>What it deployed is taken down; else it is suspended.</summary>
    public required bool TakeDown { get; init; }

    public Repository Repository => new() { Id = Id, Name = Name, Url = Url };

    public static RetiredRepository Of(ConnectedRepository repository, bool takeDown, DateTimeOffset now) =>
        new() { Id = repository.Id, Name = repository.Name, Url = repository.Url, RetiredAt = now, TakeDown = takeDown };
}
