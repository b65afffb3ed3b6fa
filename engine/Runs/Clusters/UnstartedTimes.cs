using System.Globalization;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;

namespace GitOps.Triggers.Runs;

/// <summary>
/// The due times of a trigger on a cluster that have no Job, each with the state that says why: what the controller decided is read from what it left
/// behind, by its own rules (see <see cref="CronJobController"/>). A Job that comes late for one of them takes the record's place.
/// </summary>
internal static class UnstartedTimes
{
    /// <summary>The controller makes a Job within a second or two of its time; what is not there by then is told, and told anew when it comes after all.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    public static IReadOnlyList<RunRecord> Of(ClusterSchedule trigger, DateTimeOffset now)
    {
        var recorded = trigger.Runs.Where(run => run.Origin == RunOrigin.Schedule).Select(run => run.ScheduledFor).ToHashSet();
        var due = SchedulePeriod.Of(trigger.Deployments, now - Grace)
            .SelectMany(period => DueTimes.Between(period.Schedule, period.From, period.Until, PassedOverTimes.Most).Newest.Select(time => (period.Release, Time: time.ToUniversalTime())))
            .TakeLast(PassedOverTimes.Most);
        List<RunRecord> missing = [.. due.Where(one => !recorded.Contains(one.Time)).Select(one => Record(trigger, one.Release, one.Time, now))];
        if (missing.Count == PassedOverTimes.Most)
            missing[0] = missing[0] with { Message = $"{missing[0].Message} There were more due times before it, which have no record of their own." };
        return missing;
    }

    private static RunRecord Record(ClusterSchedule trigger, DeploymentRecord release, DateTimeOffset time, DateTimeOffset now)
    {
        var run = new RunRecord
        {
            Id = RunNames.Scheduled(CronJobName.Of(trigger.Key), time),
            Key = trigger.Key,
            Origin = RunOrigin.Schedule,
            ScheduledFor = time,
            State = RunState.Missed,
            Commit = release.Commit,
            Image = release.Image,
        };
        if (trigger.CronJob?.LastScheduledFor == time)
            return UnseenEnds.Unseen(run, trigger.CronJob, now);
        if (Suspended(trigger, release, time) is { } why)
            return run with { State = RunState.Suspended, Reason = RunReasons.Suspended, Message = why };
        if (Blocking(trigger, time) is { } active)
            return run with { State = RunState.Skipped, Reason = RunReasons.AlreadyActive, Message = $"The run {active.Id} still went on, and concurrencyPolicy is Forbid." };
        return time < trigger.SeenSince && trigger.CronJob?.LastScheduledFor > time
            ? run with { Reason = RunReasons.Unseen, Message = "The engine did not see the cluster then. No Job of that time is left, and later ones were made: it was missed, or ended and was deleted since." }
            : run with { Reason = RunReasons.Missed, Message = WhyMissed(trigger, time, now) };
    }

    private static string? Suspended(ClusterSchedule trigger, DeploymentRecord release, DateTimeOffset time)
    {
        if (release.Suspended)
            return "The trigger was suspended: its manifest says suspend: true.";
        if (trigger.Pause is { } pause)
            return pause.Since <= time ? $"The trigger was suspended: {PauseRecord.InWords}." : null;
        if (trigger.Standstill is { } still)
            return $"The trigger was suspended: {still}";
        return trigger.CronJob is { Rules: { Suspended: true } rules }
            ? $"The trigger was suspended: {rules.SuspendedBecause ?? "somebody set spec.suspend of its CronJob"}."
            : null;
    }

    private static RunRecord? Blocking(ClusterSchedule trigger, DateTimeOffset time) =>
        trigger.CronJob?.Rules.ConcurrencyPolicy == ConcurrencyPolicy.Forbid
            ? trigger.Runs.LastOrDefault(run => run is { Origin: RunOrigin.Schedule, IsPassedOver: false } && run.ScheduledFor < time && (run.FinishedAt is not { } end || end > time))
            : null;

    private static string WhyMissed(ClusterSchedule trigger, DateTimeOffset time, DateTimeOffset now)
    {
        if (trigger.CronJob is not { } cronJob)
            return "Its CronJob was not on the cluster. The next reconciliation applies it again.";
        if (cronJob.LastScheduledFor is { } last && last > time)
            return string.Create(CultureInfo.InvariantCulture, $"No Job was made for it; that of {last.UtcDateTime:yyyy-MM-dd HH:mm} UTC was started instead: only the most recent due time is made up for.");
        if (cronJob.Rules.StartingDeadline is { } deadline && now - time >= deadline)
            return $"No Job was made for it within its starting deadline of {Duration.Format(deadline)}: the cluster's controller was away, or a quota refused the Job.";
        return "No Job was made for it so far: look whether the cluster's CronJob controller works, and at the CronJob's events. It may be made up for.";
    }
}
