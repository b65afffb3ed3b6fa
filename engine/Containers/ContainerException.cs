using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Containers;

/// <summary>A call of podman or docker failed. Its message names the call, the last lines of its error output (masked) and what to do.</summary>
internal sealed class ContainerException : Exception
{
    private const int LinesShown = 3;
    private const int LineLength = 400;

    public ContainerException(string call, CommandOutcome outcome)
        : this(ContainerFailures.Classify(string.Join('\n', outcome.ErrorLines)), Describe(call, outcome))
    {
    }

    public ContainerException(ContainerFailureKind kind, string problem)
        : base(ContainerFailures.WithAdvice(problem, kind)) => (Kind, Problem) = (kind, problem);

    public ContainerFailureKind Kind { get; }

    /// <summary>The message without its advice, for what gives an advice of its own.</summary>
    public string Problem { get; }

    private static string Describe(string call, CommandOutcome outcome)
    {
        var lines = outcome.ErrorLines.TakeLast(LinesShown).Select(line => Shown.Text(line, LineLength)).ToList();
        return $"'{call}' failed with exit code {outcome.ExitCode}{(lines.Count > 0 ? ": " + string.Join(" | ", lines) : "")}.";
    }
}
