namespace GitOps.Triggers.Domain;

/// <summary>What has come of building some inputs.</summary>
/// <param name="Succeeded">All that came to an image, newest first.</param>
/// <param name="Rejected">Of each inputs that failed by their own fault when they were built last, that build; what was forgotten is left out.</param>
internal sealed record JudgedBuilds(IReadOnlyList<BuildRecord> Succeeded, IReadOnlyList<BuildRecord> Rejected);
