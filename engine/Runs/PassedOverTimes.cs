using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>The due times that a decision passes over, each with the state that says why.</summary>
internal static class PassedOverTimes
{
    /// <summary>Records made at one look; a longer absence is told in the oldest one's message.</summary>
    public const int Most = 100;

    /// <param name="state">Of the CronJob.</param>
    /// <param name="schedule">The state's own.</param>
    /// <param name="start">The due time that is started.</param>
    /// <param name="now">The time of the decision.</param>
    public static IReadOnlyList<PassedOver> Of(CronJobState state, CronSchedule schedule, DateTimeOffset? start, DateTimeOffset now)
    {
        var since = state.RecordedUntil > state.ScheduleSince ? state.RecordedUntil : state.ScheduleSince;
        var due = DueTimes.Between(schedule, since, now, Most);
        List<PassedOver> passed = [.. due.Newest.Where(time => time != start).Select(time => Of(state, time, start, now))];
        if (due.Earlier > 0 && passed.Count > 0)
            passed[0] = passed[0] with { Message = string.Create(CultureInfo.InvariantCulture, $"{passed[0].Message} About {due.Earlier} earlier due times have no record of their own.") };
        return passed;
    }

    private static PassedOver Of(CronJobState state, DateTimeOffset time, DateTimeOffset? start, DateTimeOffset now)
    {
        if (state.Suspended)
            return new(time, RunState.Suspended, RunReasons.Suspended, state.SuspendedBecause is { } why ? $"The trigger was suspended: {why}." : "The trigger was suspended.");
        if (state.ConcurrencyPolicy == ConcurrencyPolicy.Forbid && state.Active.FirstOrDefault(run => run.ScheduledFor <= time) is { } active)
            return new(time, RunState.Skipped, RunReasons.AlreadyActive, $"The run {active.Id} still went on, and concurrencyPolicy is Forbid.");
        return new(time, RunState.Missed, RunReasons.Missed, WhyMissed(state, time, start, now));
    }

    private static string WhyMissed(CronJobState state, DateTimeOffset time, DateTimeOffset? start, DateTimeOffset now)
    {
        var late = $"It was found {Duration.Format(now - time)} late";
        if (state.StartingDeadline is { } deadline && now - time >= deadline)
            return $"{late}, and its starting deadline is {Duration.Format(deadline)}.";
        return start is { } made
            ? string.Create(CultureInfo.InvariantCulture, $"{late}, together with that of {made.UtcDateTime:yyyy-MM-dd HH:mm} UTC, which was started: only the most recent one is made up for.")
            : $"{late}, and by the rules of the Kubernetes controller nothing is made up for.";
    }
}
