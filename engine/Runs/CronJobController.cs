using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>
/// The decision of the Kubernetes CronJob controller (<c>syncCronJob</c>), and a record for each due time that it passes over, where Kubernetes keeps at most an event.
/// <list type="bullet">
/// <item><c>mostRecentScheduleTime</c>: what is made up for is one start, the most recent since the last one that was started, and within the starting
/// deadline. The search is <see cref="CronSchedule.Due"/>; the controller's <c>tooLate</c> adds nothing to the deadline as the lower end of that search.</item>
/// <item><c>Spec.Suspend</c>: nothing is started and nothing is forgotten. When it ends, the most recent due time is made up for, if a deadline allows.</item>
/// <item><c>ForbidConcurrent</c>: nothing is started and <c>lastScheduleTime</c> stays, so the due time is made up for when the active run ends
/// (the controller looks again when a Job changes), unless a later one has come or the deadline has passed.</item>
/// <item><c>ReplaceConcurrent</c>: what is active is deleted, then the new one is started.</item>
/// <item>A changed schedule or zone (<c>updateCronJob</c>): the controller waits for the new schedule's next time. It only puts this off in its queue, so
/// that its own restart or the end of a run may bring up a time from before the change, which was never due; here such a time never counts.</item>
/// <item>More than 100 due times since the last start: a warning (<c>TooManyMissedTimes</c>), and the most recent one is started.</item>
/// </list>
/// </summary>
/// <seealso href="https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/cronjob/cronjob_controllerv2.go"/>
/// <seealso href="https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/cronjob/utils.go"/>
internal static class CronJobController
{
    public static CronJobDecision Decide(CronJobState state, DateTimeOffset now)
    {
        if (state.Schedule is not { } schedule)
            return new CronJobDecision();
        var due = state.Suspended ? DueStarts.None : schedule.Due(Earliest(state, now), now);
        var blocked = due.MostRecent is not null && state.ConcurrencyPolicy == ConcurrencyPolicy.Forbid && state.Active.Count > 0;
        var start = blocked ? null : due.MostRecent;
        return new CronJobDecision
        {
            Start = start,
            Replaced = start is not null && state.ConcurrencyPolicy == ConcurrencyPolicy.Replace ? state.Active : [],
            PassedOver = PassedOverTimes.Of(state, schedule, start, now),
            // Not from RecordedUntil on: a time that was passed over comes again where the machine's clock was set back, and may be started then.
            Wake = schedule.Next(now),
        };
    }

    private static DateTimeOffset Earliest(CronJobState state, DateTimeOffset now)
    {
        var earliest = state.LastScheduledFor is { } last ? Later(last, state.ScheduleSince) : state.ScheduleSince;
        return state.StartingDeadline is { } deadline && now - earliest > deadline ? now - deadline : earliest;
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
