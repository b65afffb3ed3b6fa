using System.Globalization;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>Puts a decision into the records that are stored.</summary>
internal static class SchedulingSteps
{
    /// <param name="cronJob">As it was decided upon.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="job">The CronJob's template, where a run starts.</param>
    /// <param name="now">When it was decided.</param>
    public static SchedulingStep Of(ScheduledCronJob cronJob, CronJobDecision decision, string? job, DateTimeOffset now)
    {
        var start = decision.Start is { } time ? Record(cronJob, time, RunState.Pending) : null;
        return new SchedulingStep
        {
            Decided = cronJob.Row,
            RecordedUntil = now,
            PassedOver = [.. decision.PassedOver.Select(passed => Record(cronJob, passed.ScheduledFor, passed.State) with { Reason = passed.Reason, Message = passed.Message })],
            Start = start,
            Job = start is null ? null : new LocalJob { Id = start.Id, CronJob = cronJob.Row.Name, Spec = job! },
            Cancelled = [.. decision.Replaced.Select(run => Replaced(run, start!, now))],
        };
    }

    private static RunRecord Record(ScheduledCronJob cronJob, DateTimeOffset time, RunState state) => new()
    {
        Id = RunNames.Scheduled(cronJob.Row.Name, time),
        Key = cronJob.Row.Key,
        Origin = RunOrigin.Schedule,
        ScheduledFor = time.ToUniversalTime(),
        State = state,
        Commit = cronJob.Rules.Commit,
        Image = cronJob.Rules.Image,
    };

    private static RunRecord Replaced(RunRecord run, RunRecord by, DateTimeOffset now) => run with
    {
        State = RunState.Cancelled,
        FinishedAt = now,
        Reason = RunReasons.Replaced,
        Message = string.Create(CultureInfo.InvariantCulture, $"It still went on when {by.Id} was due, and concurrencyPolicy is Replace."),
    };
}
