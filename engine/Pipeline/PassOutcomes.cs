using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <summary>What a pass came to: the branch as it was read, and one status per trigger.</summary>
/// <param name="Reading">The branch.</param>
/// <param name="Statuses">Of its triggers.</param>
/// <param name="Changed">Something was released, taken down or corrected.</param>
/// <param name="RetryAfter">When something is to be tried again: how long its target asks to be left alone; none: by the queue's own back-off.</param>
internal sealed record PassOutcomes(BranchReading Reading, IReadOnlyList<TriggerStatus> Statuses, bool Changed, TimeSpan? RetryAfter = null);
