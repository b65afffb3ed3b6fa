namespace GitOps.Triggers.Tests.Runs.Replays;

/// <summary>What happens to a replayed CronJob, or to who looks after it.</summary>
/// <param name="At">When.</param>
/// <param name="Do"><c>suspend</c>, <c>resume</c>, <c>down</c>, <c>up</c> or <c>schedule</c>.</param>
/// <param name="Schedule">The new one.</param>
/// <param name="TimeZone">Its zone.</param>
internal sealed record ReplayAction(DateTimeOffset At, string Do, string? Schedule = null, string? TimeZone = null);
