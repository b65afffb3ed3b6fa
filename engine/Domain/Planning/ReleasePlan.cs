namespace GitOps.Triggers.Domain;

/// <summary>What a pass will do: one item for each trigger that is asked for or runs, in the order of their names.</summary>
internal sealed record ReleasePlan(IReadOnlyList<PlanItem> Items)
{
    /// <summary>What to build: one candidate for each set of inputs, however many triggers share it.</summary>
    public IReadOnlyList<TriggerCandidate> Builds =>
        [.. Items.OfType<PlanItem.Build>().Select(item => item.Candidate).DistinctBy(candidate => candidate.Inputs.Hash)];
}
