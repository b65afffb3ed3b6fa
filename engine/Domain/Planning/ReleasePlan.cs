namespace GitOps.Triggers.Domain;

/// <summary>What a pass will do, one item per trigger, in the order of their names.</summary>
internal sealed record ReleasePlan(IReadOnlyList<PlanItem> Items);
