using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>A CronJob as the clock keeps it in mind: its row, and what was read from its spec.</summary>
internal sealed record ScheduledCronJob(LocalCronJob Row, CronJobRules Rules)
{
    public static ScheduledCronJob Read(LocalCronJob row) => new(row with { Spec = "" }, CronJobRules.Read(CronJobJson.ReadCronJob(row.Spec)));

    public CronJobState State(IReadOnlyList<RunRecord> active) => new()
    {
        Schedule = Rules.Schedule,
        Suspended = Rules.Suspended,
        SuspendedBecause = Rules.SuspendedBecause,
        ConcurrencyPolicy = Rules.ConcurrencyPolicy,
        StartingDeadline = Rules.StartingDeadline,
        ScheduleSince = Row.ScheduleSince,
        LastScheduledFor = Row.LastScheduledFor,
        RecordedUntil = Row.RecordedUntil,
        Active = active,
    };
}
