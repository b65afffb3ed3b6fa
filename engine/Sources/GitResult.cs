namespace GitOps.Triggers.Sources;

/// <summary>How a git command ended, and what it said. <paramref name="Truncated"/>: there was more output than was asked for.</summary>
internal sealed record GitResult(int ExitCode, string Output, string Errors, bool Truncated)
{
    public bool Succeeded => ExitCode == 0;
}
