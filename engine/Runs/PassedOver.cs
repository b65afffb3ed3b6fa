using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>A due time that is not started, and why.</summary>
internal sealed record PassedOver(DateTimeOffset ScheduledFor, RunState State, string Reason, string Message);
