using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>How a build on a cluster stands.</summary>
internal abstract record ClusterBuildState
{
    /// <summary>Something is still to happen.</summary>
    internal bool IsUnderWay => this is Waiting or Running;

    /// <summary>For a node, an image, a Secret, room in a quota. It may come to nothing.</summary>
    internal sealed record Waiting(string Reason) : ClusterBuildState;

    internal sealed record Running(string Container) : ClusterBuildState;

    internal sealed record Built(ImageDigest Digest) : ClusterBuildState;

    /// <summary>Kaniko ended by itself; its log says why.</summary>
    internal sealed record Failed(int ExitCode) : ClusterBuildState;

    internal sealed record OutOfMemory : ClusterBuildState;

    /// <summary>It wrote more than it may.</summary>
    internal sealed record OverDisk(string Said) : ClusterBuildState;

    /// <summary>Nothing that a Dockerfile can help.</summary>
    /// <param name="Reason">A sentence.</param>
    /// <param name="Container">The one whose last lines say more; none when there are none.</param>
    internal sealed record Broken(string Reason, string? Container = null) : ClusterBuildState;
}
