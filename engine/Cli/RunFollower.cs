using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli;

/// <summary>Shows a run's output as it comes, until the run has ended, its further attempts included.</summary>
internal sealed class RunFollower(EngineClient engine, Shell shell)
{
    // The log ends a moment before the run's record does, and between two attempts.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <returns>The run as it ended.</returns>
    public async Task<RunView> FollowAsync(string id, CancellationToken ct)
    {
        await LogWriter.WriteAsync(engine.RunLogAsync(id, follow: true, ct), shell.Terminal);
        var run = await engine.RunAsync(id, ct);
        while (run.State is RunState.Pending or RunState.Running)
        {
            await Task.Delay(Pause, shell.Clock, ct);
            run = await engine.RunAsync(id, ct);
        }
        return run;
    }

    public void NoteEnd(RunView run)
    {
        var attempts = run.Attempt > 1 ? FormattableString.Invariant($", {run.Attempt} attempts") : "";
        var why = RunTable.Why(run) is { } reason ? $": {reason}" : run.ExitCode is { } code and not 0 ? FormattableString.Invariant($": exit code {code}") : "";
        var when = run.StartedAt is null ? " before it started" : $" after {RunTable.Took(run, shell.Now)}";
        shell.Terminal.Note($"{run.Id} {Words.Of(run.State)}{when}{attempts}{why}");
    }
}
