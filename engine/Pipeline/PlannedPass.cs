using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <summary>A branch as it was read, and what is to be done about it.</summary>
internal sealed record PlannedPass(BranchReading Reading, ReleasePlan Plan);
