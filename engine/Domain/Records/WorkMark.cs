namespace GitOps.Triggers.Domain;

/// <summary>A wish that a key be reconciled at <paramref name="DueAt"/> or sooner.</summary>
/// <param name="Key">What is to be reconciled.</param>
/// <param name="DueAt">When at the latest.</param>
/// <param name="Reason">For people: <c>push</c>, <c>resync</c>.</param>
internal sealed record WorkMark(WorkKey Key, DateTimeOffset DueAt, string Reason);
