using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>One image to build.</summary>
internal sealed record BuildRequest
{
    public required BuildInputs Inputs { get; init; }

    public required Repository Repository { get; init; }

    public required TriggerName Trigger { get; init; }

    /// <summary>Absolute: the context, exported from git, without what <c>.dockerignore</c> names. Nothing is written into it.</summary>
    public required string ContextFolder { get; init; }

    /// <summary>Absolute: the Dockerfile on disk, inside the context folder or beside it.</summary>
    public required string DockerfilePath { get; init; }

    /// <summary>
    /// Absolute: an empty ignore file, beside a Dockerfile that stands outside the context. Builders take it before the context's own
    /// <c>.dockerignore</c>, which the export has obeyed already and which would leave out too much where a <c>&lt;Dockerfile&gt;.dockerignore</c> had precedence.
    /// </summary>
    public string? DockerignorePath { get; init; }

    /// <summary>The Dockerfile's path in the context; none when it stands beside it.</summary>
    public string? DockerfileInContext =>
        Path.GetRelativePath(ContextFolder, DockerfilePath) is var path && path is not ".." && !path.StartsWith("../", StringComparison.Ordinal) ? path : null;

    /// <summary><c>linux/arm64</c>; none: this machine's own.</summary>
    public string? Platform { get; init; }
}
