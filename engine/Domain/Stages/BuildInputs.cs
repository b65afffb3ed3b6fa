namespace GitOps.Triggers.Domain;

/// <summary>The inputs of one trigger's build, hashed from git's trees without a checkout.</summary>
internal sealed record BuildInputs
{
    public required InputHash Hash { get; init; }

    public required CommitSha Commit { get; init; }

    public required BuildSpec Spec { get; init; }

    /// <summary>The first image of this machine's store that the build is based on; none when all can come from registries.</summary>
    public LocalBase? LocalBase { get; init; }

    /// <summary>Files in the context after <c>.dockerignore</c>.</summary>
    public required int FileCount { get; init; }
}
