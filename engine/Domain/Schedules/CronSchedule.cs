namespace GitOps.Triggers.Domain;
internal sealed record CronSchedule(string Expression, string TimeZone);
