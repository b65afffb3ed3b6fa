namespace GitOps.Triggers.Containers;

/// <summary>What came of looking for podman and docker.</summary>
internal sealed record ContainerEngineSearch
{
    /// <summary>None: no engine answered.</summary>
    public ContainerEngine? Engine { get; init; }

    /// <summary>One sentence for each engine that was tried and does not work.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
