namespace GitOps.Triggers.Domain;

/// <summary>Nothing is deployed from each time of the schedule on, for the duration.</summary>
internal sealed record FreezeWindow(CronSchedule Opens, TimeSpan Duration);
