using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>Why a trigger ran at a time, or did not, or ran late.</summary>
/// <param name="Verdict">A few words: <c>Ran late</c>.</param>
/// <param name="Sentences">What there is to say, the most important first.</param>
/// <param name="Run">The run that was due then; none when none was.</param>
internal sealed record Explanation(string Verdict, IReadOnlyList<string> Sentences, RunRecord? Run)
{
    public static Explanation Of(ExplanationInput input)
    {
        if (input.Deployments.FirstOrDefault(record => record.DeployedAt <= input.At) is not { } deployment)
            return NotDeployed(input);
        if (deployment.Schedule is not { } expression || !CronSchedule.TryParse(expression, deployment.TimeZone ?? "Etc/UTC", out var schedule, out _))
            return AwaitingSchedule(input);
        var clock = new ZoneClock(schedule.TimeZone);
        var minute = input.At.AddTicks(-(input.At.UtcTicks % TimeSpan.TicksPerMinute));
        return schedule.Next(minute.AddSeconds(-1)) == minute
            ? Due(input, deployment, schedule, clock, minute)
            : NotDue(input, schedule, clock, minute);
    }

    private static Explanation Due(ExplanationInput input, DeploymentRecord deployment, CronSchedule schedule, ZoneClock clock, DateTimeOffset due)
    {
        var run = input.Runs.FirstOrDefault(record => record.Origin == RunOrigin.Schedule && record.ScheduledFor == due);
        var (verdict, what) = run is null ? Unrecorded(input, deployment, due) : RunWords.Of(run, input.Runs, clock);
        List<string> sentences = [$"{input.Trigger} was due in {input.Environment} at {clock.Show(due)}: {schedule.Describe()}.", .. what];
        if (run is null && due > input.Now)
            sentences[0] = $"{input.Trigger} is due in {input.Environment} at {clock.Show(due)}: {schedule.Describe()}.";
        if (clock.Repetition(due) is { } repetition)
            sentences.Add(repetition);
        if (run?.State is RunState.Missed or RunState.Skipped or RunState.Suspended && schedule.Next(Later(due, input.Now)) is { } next)
            sentences.Add($"It is due next at {clock.Show(next)}.");
        return new Explanation(verdict, sentences, run);
    }

    private static Explanation NotDue(ExplanationInput input, CronSchedule schedule, ZoneClock clock, DateTimeOffset minute)
    {
        var sentences = new List<string> { $"{input.Trigger} was not due in {input.Environment} at {clock.Show(minute)}; its schedule is {schedule.Describe()}." };
        if (clock.LeftOut(schedule, minute) is { } leftOut)
            sentences.Add(leftOut);
        var before = input.Runs.LastOrDefault(run => run.Origin == RunOrigin.Schedule && run.ScheduledFor < minute);
        if (before is not null)
            sentences.Add($"The due time before was {clock.Show(before.ScheduledFor)}: {RunWords.Of(before, input.Runs, clock).Verdict.ToLowerInvariant()}.");
        if (schedule.Next(minute) is { } next)
            sentences.Add($"The due time after {(next > input.Now ? "is" : "was")} {clock.Show(next)}.");
        if (OnDemand(input, clock) is { } onDemand)
            sentences.Add(onDemand);
        return new Explanation("Not due", sentences, null);
    }

    private static (string Verdict, IReadOnlyList<string> Sentences) Unrecorded(ExplanationInput input, DeploymentRecord deployment, DateTimeOffset due)
    {
        var paused = input.Pause is { } pause ? $"It is paused since {pause.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(pause.Reason is { } reason ? $" ({Shown.Text(reason)})" : "")}, and does not run until it is resumed." : null;
        if (due > input.Now)
        {
            return paused is not null ? ("Paused", [paused])
                : deployment.StandsStill is { } why ? ("Suspended", [$"It stands still: {Shown.Text(why)}."])
                : deployment.Suspended ? ("Suspended", ["Its manifest says suspend: true, so it will not run."])
                : ("Not due yet", ["It will run then, unless something changes before."]);
        }
        if (paused is not null && input.Pause!.Since <= due)
            return ("Suspended", [paused]);
        return deployment.Suspended
            ? ("Suspended", ["Its manifest said suspend: true."])
            : ("No record", ["There is no record of that time. Records of old runs are forgotten in time, and one of a time just past may not be stored yet."]);
    }

    private static Explanation NotDeployed(ExplanationInput input)
    {
        var clock = ZoneClock.Utc;
        var first = input.Deployments.LastOrDefault();
        return new Explanation("Not deployed", [
            $"{input.Trigger} was not deployed in {input.Environment} at {clock.Show(input.At)}.",
            first is null ? "It never was." : $"It was deployed there first at {clock.Show(first.DeployedAt)}, from commit {first.Commit.Short}.",
        ], null);
    }

    private static Explanation AwaitingSchedule(ExplanationInput input)
    {
        List<string> sentences = [$"{input.Trigger} had no schedule in {input.Environment} then: it ran only on demand.", "To have it run by itself, give the environment a schedule in trigger.yaml."];
        if (OnDemand(input, ZoneClock.Utc) is { } onDemand)
            sentences.Add(onDemand);
        return new Explanation("Awaiting schedule", sentences, null);
    }

    /// <summary>Somebody's own run near that time is often what is being asked about.</summary>
    private static string? OnDemand(ExplanationInput input, ZoneClock clock) =>
        input.Runs.LastOrDefault(run => run.Origin == RunOrigin.OnDemand && (run.ScheduledFor - input.At).Duration() < TimeSpan.FromMinutes(5)) is { } run
            ? $"The run {run.Id} was started on demand at {clock.Show(run.ScheduledFor)}: {RunWords.Of(run, input.Runs, clock).Verdict.ToLowerInvariant()}."
            : null;

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
