namespace GitOps.Triggers.Cli;

/// <summary>Ends a command with a message, a way out, and an exit code.</summary>
internal sealed class CliException(int exitCode, string message, string fix) : Exception(message)
{
    public int ExitCode => exitCode;

    public string Fix => fix;

    public static CliException Usage(string message, string fix) => new(Cli.ExitCode.Usage, message, fix);

    public static CliException Environment(string message, string fix) => new(Cli.ExitCode.Environment, message, fix);
}
