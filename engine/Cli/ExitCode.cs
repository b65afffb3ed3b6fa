namespace GitOps.Triggers.Cli;

/// <summary>What a command's exit code says, the same for all of them.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>There are findings or differences, or the run failed: what was asked about is not well.</summary>
    public const int Findings = 1;

    /// <summary>The command line or the request cannot be understood or served.</summary>
    public const int Usage = 2;

    /// <summary>The engine, a file or a program that is needed is not there.</summary>
    public const int Environment = 3;
}
