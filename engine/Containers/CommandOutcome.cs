namespace GitOps.Triggers.Containers;

/// <summary>How a command ended.</summary>
internal sealed record CommandOutcome
{
    public required int ExitCode { get; init; }

    /// <summary>Standard output, without the newline at its end. Not masked: it is data for the caller.</summary>
    public required string Output { get; init; }

    /// <summary>The last lines of standard error, masked.</summary>
    public required IReadOnlyList<string> ErrorLines { get; init; }

    public bool Succeeded => ExitCode == 0;

    public ContainerFailureKind FailureKind => Succeeded ? ContainerFailureKind.Other : ContainerFailures.Classify(string.Join('\n', ErrorLines));
}
