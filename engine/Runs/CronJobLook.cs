namespace GitOps.Triggers.Runs;

/// <summary>What came of looking at a CronJob.</summary>
/// <param name="CronJob">As it stands now.</param>
/// <param name="Wake">When to look again.</param>
/// <param name="IsStale">It was changed meanwhile; nothing was decided.</param>
internal sealed record CronJobLook(ScheduledCronJob CronJob, DateTimeOffset? Wake, bool IsStale);
