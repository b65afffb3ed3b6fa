using CliWrap;
using GitOps.Triggers.Children;

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
        using var interrupt = new CancellationTokenSource();
        var call = CliWrap.Cli.Wrap("git")
            .WithArguments(arguments)
            .WithEnvironmentVariables(environment)
            .WithStandardOutputPipe(output.Target)
            .WithStandardErrorPipe(errors.Target)
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(forcefulCancellationToken: kill.Token, gracefulCancellationToken: interrupt.Token);
        using var noted = ChildProcesses.Note(call.ProcessId);
        await using var onCancel = ct.Register(() =>
        {
            // Git itself ends none of those that transfer for it.
            foreach (var helper in ProcessTable.Below(call.ProcessId))
                ProcessTable.Kill(helper, withAllBelow: false);
            kill.CancelAfter(Grace);
            interrupt.Cancel();
        });
        var ended = await EndedAsync(call);
        ct.ThrowIfCancellationRequested();
        return new GitResult(ended!.ExitCode, output.ToString(), errors.ToString(), output.Overflowed);
    }

    /// <returns>Null: it was told to end.</returns>
    private static async Task<CommandResult?> EndedAsync(CommandTask<CommandResult> call)
    {
        try
        {
            return await call;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
