using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>What is to be said of a run whose Job is not there any more, or never came to be.</summary>
internal static class UnseenEnds
{
    /// <summary>Its creation was recorded, and no Job of it was seen: from the record to the Job it takes seconds.</summary>
    public static readonly TimeSpan PatienceForJob = TimeSpan.FromMinutes(2);

    /// <summary>Its Job was taken away while it went on, before the engine's eyes.</summary>
    /// <param name="run">As it was last.</param>
    /// <param name="cronJob">None when that is gone too.</param>
    /// <param name="now">When it was seen.</param>
    public static RunRecord Removed(RunRecord run, CronJobSeen? cronJob, DateTimeOffset now)
    {
        var replaced = run.Origin == RunOrigin.Schedule
            && cronJob is { Rules: { ConcurrencyPolicy: ConcurrencyPolicy.Replace, Schedule: { } schedule } } && schedule.Next(run.ScheduledFor) <= now;
        return run with
        {
            State = RunState.Cancelled,
            FinishedAt = now,
            Reason = replaced ? RunReasons.Replaced : RunReasons.Deleted,
            Message = replaced ? "It still went on when the next one was due, and concurrencyPolicy is Replace." : "Somebody deleted its Job while it went on.",
        };
    }

    /// <summary>It was to go on, and its Job is not on the cluster.</summary>
    /// <returns>None while it may still come.</returns>
    public static RunRecord? Missing(RunRecord run, CronJobSeen? cronJob, DateTimeOffset now)
    {
        if (run is { Attempt: 0, StartedAt: null, Origin: RunOrigin.OnDemand })
        {
            return now - run.ScheduledFor < PatienceForJob ? null : run with
            {
                State = RunState.Failed,
                FinishedAt = now,
                Reason = RunReasons.NotCreated,
                Message = "Its Job is not on the cluster: it was not created, or was deleted before it was seen. Start the run again.",
            };
        }
        return Unseen(run, cronJob, now);
    }

    /// <summary>It was started, and ended while the engine did not see it: the CronJob's status is all that is left of it.</summary>
    public static RunRecord Unseen(RunRecord run, CronJobSeen? cronJob, DateTimeOffset now) =>
        cronJob is { LastScheduledFor: { } last, LastSuccess: { } success } && run.Origin == RunOrigin.Schedule && last == run.ScheduledFor && success >= run.ScheduledFor
            ? run with
            {
                State = RunState.Succeeded,
                FinishedAt = success,
                Reason = RunReasons.Completed,
                Message = "It ended while the engine did not see it. Its Job is gone; the CronJob's status says that it succeeded.",
            }
            : run with
            {
                State = RunState.Failed,
                FinishedAt = now,
                Reason = RunReasons.Lost,
                Message = "Its Job ended or was deleted while the engine did not see it, and how it ended is not known.",
            };
}
