using CliWrap;

namespace GitOps.Triggers.Sources;

/// <summary>The one place that starts the <c>git</c> command. Why it is used beside LibGit2Sharp: docs/adr/0001-git-command-for-fetching.md.</summary>
internal static class GitCommand
{
    private const int ErrorLimit = 16 << 10;

    /// <summary>Git tidies up after itself when it is asked to stop; this is how long it may take.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <exception cref="OperationCanceledException">Cancelled; the process has ended.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no git command.</exception>
    public static async Task<GitResult> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, int outputLimit, CancellationToken ct)
    {
        var output = new BoundedText(outputLimit);
        var errors = new BoundedText(ErrorLimit);
        using var kill = new CancellationTokenSource();
        await using var onCancel = ct.Register(() => kill.CancelAfter(Grace));
        var ended = await CliWrap.Cli.Wrap("git")
            .WithArguments(arguments)
            .WithEnvironmentVariables(environment)
            .WithStandardOutputPipe(output.Target)
            .WithStandardErrorPipe(errors.Target)
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(forcefulCancellationToken: kill.Token, gracefulCancellationToken: ct);
        return new GitResult(ended.ExitCode, output.ToString(), errors.ToString(), output.Overflowed);
    }
}
