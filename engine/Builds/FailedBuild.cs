namespace GitOps.Triggers.Builds;

/// <summary>What is known of a build that ended with an exit code other than 0.</summary>
internal sealed record FailedBuild
{
    public required int ExitCode { get; init; }

    /// <summary>The instruction that was begun last.</summary>
    public required string? Step { get; init; }

    /// <summary>The last lines that steps printed.</summary>
    public required IReadOnlyList<string> PrintedLines { get; init; }

    public required IReadOnlyList<string> ErrorLines { get; init; }

    /// <summary>The Dockerfile's path in the repository.</summary>
    public required string Dockerfile { get; init; }

    public required string DockerfileText { get; init; }

    /// <summary>The memory that the build was given.</summary>
    public required string Memory { get; init; }

    /// <summary>What built it has no login to any registry, and is given none.</summary>
    public bool WithoutLogin { get; init; }

    public static FailedBuild From(BuildTranscript transcript, int exitCode, BuildRequest request, string memory) => new()
    {
        ExitCode = exitCode,
        Step = transcript.Step,
        PrintedLines = transcript.PrintedLines,
        ErrorLines = [.. transcript.ErrorLines.Select(line => WithoutFolder(line, request))],
        Dockerfile = request.Inputs.Spec.Dockerfile,
        DockerfileText = DockerfileLines.Read(request.DockerfilePath),
        Memory = memory,
    };

    /// <summary>Where the engine keeps a context says nothing to who wrote the Dockerfile.</summary>
    private static string WithoutFolder(string line, BuildRequest request) =>
        line.Replace(request.ContextFolder, ".", StringComparison.Ordinal).Replace(KanikoArguments.ContextInContainer, ".", StringComparison.Ordinal);
}
