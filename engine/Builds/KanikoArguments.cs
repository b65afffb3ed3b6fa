using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>The arguments of Kaniko's executor, the same wherever it is launched.</summary>
internal sealed record KanikoArguments
{
    /// <summary>Where the context stands in a container of Kaniko's image.</summary>
    public const string ContextInContainer = "/workspace";

    public required BuildSpec Spec { get; init; }

    public required InputHash Hash { get; init; }

    /// <summary>The context's folder, as the executor sees it.</summary>
    public required string Context { get; init; }

    /// <summary>The Dockerfile's absolute path, as the executor sees it.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>The image's name and tag; in an archive, or at a registry.</summary>
    public required string Destination { get; init; }

    /// <summary>A docker archive to write in place of pushing.</summary>
    public string? Archive { get; init; }

    /// <summary>Where the digest of the pushed manifest is written.</summary>
    public string? DigestFile { get; init; }

    /// <summary>A repository that keeps layers between builds.</summary>
    public string? Cache { get; init; }

    /// <summary>A registry that speaks http: the one that is pushed to.</summary>
    public string? PlainHttpHost { get; init; }

    public string? Platform { get; init; }

    /// <summary>Parts of the file system that are neither in the image nor cleared between stages.</summary>
    public IReadOnlyList<string> IgnoredPaths { get; init; } = [];

    public IReadOnlyList<string> ToList() =>
    [
        "--context", "dir://" + Context,
        "--dockerfile", Dockerfile,
        "--destination", Destination,
        .. Archive is null ? Array.Empty<string>() : ["--no-push", "--tar-path", Archive],
        .. Option("--digest-file", DigestFile),
        .. Cache is null ? Array.Empty<string>() : ["--cache", "--cache-repo", Cache],
        .. Option("--insecure-registry", PlainHttpHost),
        .. Option("--target", Spec.Target),
        .. Option("--custom-platform", Platform),
        .. Spec.Args.OrderBy(arg => arg.Key, StringComparer.Ordinal).SelectMany(arg => Option("--build-arg", $"{arg.Key}={arg.Value}")),
        .. IgnoredPaths.SelectMany(path => Option("--ignore-path", path)),
        "--label", $"{ImageNames.InputHashLabel}={Hash}",
        // Times out of the image: equal inputs give an equal image wherever the steps themselves do.
        "--reproducible",
        // One layer for what the Dockerfile adds: no snapshot of the whole file system after each step. A cache keeps what each step adds.
        .. Cache is null ? ["--single-snapshot"] : Array.Empty<string>(),
        // Without it Kaniko builds, and fails on, stages that the target does not need; podman and docker do not.
        "--skip-unused-stages",
        "--image-download-retry", "2",
        "--push-retry", "2",
        // Its other formats quote each instruction. Colours are taken out by the log.
        "--log-format", "color",
    ];

    private static string[] Option(string name, string? value) => value is null ? [] : [name, value];
}
