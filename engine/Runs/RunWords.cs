using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>What became of a due time, in words.</summary>
internal static class RunWords
{
    /// <summary>A start within it is on time: making a container takes a while.</summary>
    private static readonly TimeSpan OnTime = TimeSpan.FromSeconds(60);

    public static (string Verdict, IReadOnlyList<string> Sentences) Of(RunRecord run, IReadOnlyList<RunRecord> around, ZoneClock clock)
    {
        IReadOnlyList<string> own = run.Message is { } message ? [message] : [];
        return run.State switch
        {
            RunState.Pending when run.Node is not null && run.ExitCode is null && PodReason.IsWaiting(run.Reason) =>
                ("Waiting to start", [$"Its container cannot be started on {run.Node} yet ({run.Reason}).", .. own]),
            RunState.Pending when run.Reason == RunReasons.Unschedulable => ("Waiting to start", own),
            RunState.Pending when run.Attempt > 0 && run.Reason is not null => ("Waiting for another attempt", [$"Attempt {Number(run.Attempt)} failed ({run.Reason}).", .. own]),
            RunState.Pending when run.Reason is not null => ("Waiting to start", own),
            RunState.Pending => ("About to start", [$"The run {run.Id} is recorded and its container is being made.", .. own]),
            RunState.Running => (IsLate(run) ? "Running, started late" : "Running", [Started(run, clock), .. Late(run, around, clock)]),
            RunState.Succeeded => (IsLate(run) ? "Ran late" : "Ran", [Ended(run, clock), .. Late(run, around, clock)]),
            RunState.Failed => ("Failed", [Ended(run, clock), .. own, .. Late(run, around, clock)]),
            RunState.Cancelled => ("Cancelled", [.. own, .. Late(run, around, clock)]),
            RunState.Missed => ("Missed", own),
            RunState.Skipped => ("Skipped", own),
            RunState.Suspended => ("Suspended", own),
            _ => throw new ArgumentOutOfRangeException(nameof(run), run.State, "No such state."),
        };
    }

    private static bool IsLate(RunRecord run) => run is { Origin: RunOrigin.Schedule, StartDelay: { } delay } && delay > OnTime;

    private static string Started(RunRecord run, ZoneClock clock) =>
        $"The run {run.Id} was started at {clock.Show(run.StartedAt ?? run.ScheduledFor)} and goes on{(run.Attempt > 1 ? $", in attempt {Number(run.Attempt)}" : "")}.";

    private static string Ended(RunRecord run, ZoneClock clock) => (run.StartedAt, run.FinishedAt) switch
    {
        ({ } started, { } finished) => $"The run {run.Id} was started at {clock.Show(started)} and ended after {Duration.Format(finished - started)}: {run.Reason}{(run.ExitCode is { } code ? $", exit code {Number(code)}" : "")}{(run.Attempt > 1 ? $", {Number(run.Attempt)} attempts" : "")}.",
        _ => $"The run {run.Id} did not come to start: {run.Reason}.",
    };

    private static IEnumerable<string> Late(RunRecord run, IReadOnlyList<RunRecord> around, ZoneClock clock)
    {
        if (!IsLate(run))
            yield break;
        var late = Duration.Format(run.StartDelay!.Value);
        var blocker = around.Where(other => other.Id != run.Id && other.Origin == RunOrigin.Schedule && other.StartedAt < run.StartedAt && other.FinishedAt > run.ScheduledFor && other.FinishedAt <= run.StartedAt)
            .MaxBy(other => other.FinishedAt);
        var suspended = around.LastOrDefault(other => other.State == RunState.Suspended && other.ScheduledFor < run.StartedAt && other.ScheduledFor > run.ScheduledFor.AddDays(-1));
        yield return blocker is not null
            ? $"That was {late} late: the run before, {blocker.Id}, went on until {clock.Show(blocker.FinishedAt!.Value)}."
            : suspended is not null
                ? $"That was {late} late: it was suspended before, and a run that is due meanwhile is made up for when that ends."
                : $"That was {late} late: nothing could start it before, as when the engine is down, the machine sleeps, the trigger is suspended or too many runs go on.";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
