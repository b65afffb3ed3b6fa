namespace GitOps.Triggers.Domain;

/// <summary>How many keys are due now, and since when the oldest one is.</summary>
internal sealed record QueueDepth(int Due, DateTimeOffset? OldestDueAt);
