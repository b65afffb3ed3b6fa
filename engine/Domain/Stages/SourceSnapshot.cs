namespace GitOps.Triggers.Domain;

/// <summary>What an environment's branch holds at its head. Source: the repository's mirror, after a fetch.</summary>
internal sealed record SourceSnapshot
{
    public required CommitSha Commit { get; init; }

    public required IReadOnlyList<ManifestFile> Manifests { get; init; }

    /// <summary>What could not be read: a manifest that is a symlink, too large, or beyond the limit of their number.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
