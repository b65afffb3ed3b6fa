namespace GitOps.Triggers.Domain;

/// <summary>What a pass will do: one item for each trigger that is asked for or runs, in the order of their names.</summary>
internal sealed record ReleasePlan(IReadOnlyList<PlanItem> Items);
