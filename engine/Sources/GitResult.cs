namespace GitOps.Triggers.Sources;

/// <summary>How a git command ended.</summary>
internal sealed record GitResult(int ExitCode, BoundedText Output, BoundedText Errors)
{
    public bool Succeeded => ExitCode == 0;
}
