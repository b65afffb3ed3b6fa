using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <summary>What a pass came to: the branch as it was read, and one status per trigger.</summary>
internal sealed record PassOutcomes(BranchReading Reading, IReadOnlyList<TriggerStatus> Statuses, bool Changed);
