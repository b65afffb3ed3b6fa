using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli;

/// <summary>Asks the engine again and again, until what somebody waits for has happened.</summary>
internal sealed class StatusWait(Shell shell, EngineClient engine, TriggerFilter filter)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(400);

    /// <param name="answer">The passes that answer the question; none while it is still open.</param>
    /// <param name="commit">What is waited for, where it is a commit.</param>
    /// <param name="limit">When to give up.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>What the engine says then, and whether all is well.</returns>
    /// <exception cref="CliException">The time is up.</exception>
    public Task<(StatusReport Report, bool IsWell)> UntilAsync(Func<StatusReport, IReadOnlyList<(RepositoryView Repository, PassView Pass)>?> answer, string? commit, TimeSpan limit, CancellationToken ct)
    {
        var deadline = shell.Now + limit;
        return Progress.ShowAsync(shell.Terminal, "asking the engine", async say =>
        {
            while (true)
            {
                var now = await StatusReport.ReadAsync(engine, filter, ct);
                if (answer(now) is { } passes)
                    return (now, PassWait.IsWell(now, passes));
                if (shell.Now >= deadline)
                    throw new CliException(ExitCode.Findings, PassWait.Open(now, commit), "Wait longer with --timeout; see what goes on with 'gitops-triggers status'.");
                say(PassWait.Progress(now, commit));
                await Task.Delay(PollEvery, shell.Clock, ct);
            }
        });
    }
}
