using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// The container in which Kaniko builds once. It gets the context to read, a folder for the image, and nothing of the engine: no variable, no login, no
/// proxy setting. What it gets, a Dockerfile's steps can read and change too, since they run in the same file system.
/// </summary>
internal sealed record KanikoContainer
{
    public const string Archive = "image.tar";

    private const string OutputInContainer = "/out";

    /// <summary>Under Kaniko's own folder, which never becomes part of an image.</summary>
    private const string DockerfileInContainer = "/kaniko/trigger.Dockerfile";

    /// <summary>What unpacking a base image and running package managers needs; without raw sockets, device nodes and the like.</summary>
    public static readonly string[] Capabilities = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETFCAP", "SETGID", "SETUID", "SYS_CHROOT"];

    public required BuildRequest Request { get; init; }

    /// <summary>The executor's image.</summary>
    public required string Image { get; init; }

    public required string Name { get; init; }

    /// <summary><c>key=value</c>, by which it is found again.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The image's name inside the archive.</summary>
    public required string Destination { get; init; }

    /// <summary>Takes <see cref="Archive"/>.</summary>
    public required string OutputFolder { get; init; }

    public required Limits Limits { get; init; }

    /// <summary>Podman has two options of its own: it hands proxy settings on unless told otherwise, and can end a container by itself should the engine be gone.</summary>
    public IReadOnlyList<string> RunArguments(bool podman) =>
    [
        "run", "--pull", "never", "--name", Name,
        .. Labels.SelectMany(label => new[] { "--label", label }),
        .. podman ? ["--http-proxy=false", "--timeout", Number((long)Limits.BuildTimeout.TotalSeconds + 60)] : Array.Empty<string>(),
        // Its output is read here, and is not to fill the disk a second time.
        "--log-driver", "none",
        "--memory", Limits.BuildMemory, "--cpus", Number(BuildCpus.Here(Limits)), "--pids-limit", Number(Limits.BuildProcesses),
        "--cap-drop", "ALL", .. Capabilities.SelectMany(capability => new[] { "--cap-add", capability }),
        .. Mount(Request.ContextFolder, KanikoArguments.ContextInContainer, "ro,Z"),
        .. Request.DockerfileInContext is not null ? Array.Empty<string>() : Mount(Request.DockerfilePath, DockerfileInContainer, "ro,Z"),
        .. Request.DockerignorePath is { } ignore ? Mount(ignore, DockerfileInContainer + ".dockerignore", "ro,Z") : [],
        .. Mount(OutputFolder, OutputInContainer, "Z"),
        "--", Image,
        .. Executor.ToList(),
    ];

    private KanikoArguments Executor => new()
    {
        Spec = Request.Inputs.Spec,
        Hash = Request.Inputs.Hash,
        Context = KanikoArguments.ContextInContainer,
        Dockerfile = Request.DockerfileInContext is { } path ? $"{KanikoArguments.ContextInContainer}/{path}" : DockerfileInContainer,
        Destination = Destination,
        Archive = $"{OutputInContainer}/{Archive}",
        Platform = Request.Platform,
    };

    /// <exception cref="InvalidOperationException">The path holds a colon, which the option cannot say.</exception>
    private static string[] Mount(string source, string target, string options) => source.Contains(':', StringComparison.Ordinal)
        ? throw new InvalidOperationException($"'{source}' cannot be mounted into a container: it holds a colon. Choose a data folder without one.")
        : ["--volume", $"{source}:{target}:{options}"];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
