using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <summary>A branch as it was read, and what is to be done about it.</summary>
/// <param name="Reading">The branch.</param>
/// <param name="Input">What the plan was made from.</param>
/// <param name="Plan">What is to be done.</param>
internal sealed record PlannedPass(BranchReading Reading, PlanningInput Input, ReleasePlan Plan);
