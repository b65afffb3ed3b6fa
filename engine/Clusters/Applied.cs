namespace GitOps.Triggers.Clusters;

/// <summary>What a server-side apply did.</summary>
/// <param name="Outcome">What changed.</param>
/// <param name="Object">The object as it is at the server now; for <see cref="ApplyOutcome.Drifted"/> and <see cref="ApplyOutcome.Foreign"/>, as it was found.</param>
internal sealed record Applied<T>(ApplyOutcome Outcome, T Object);
