using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>What is known about a repository before its manifests are read.</summary>
internal sealed record ManifestContext
{
    public required RepositoryId Repository { get; init; }

    /// <summary>Names the trigger of a nameless manifest at the repository's root, by its part after the last <c>/</c>.</summary>
    public required string RepositoryName { get; init; }

    /// <summary>The environments of this engine; none when there is no engine to ask, and then none is called unknown.</summary>
    public IReadOnlyCollection<EnvironmentName>? KnownEnvironments { get; init; }

    public Limits Limits { get; init; } = new();
}
