using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>Decides what a pass does with each trigger. Equal inputs give an equal plan, so a pass can be repeated at any time and for any reason.</summary>
internal static class Planner
{
    /// <exception cref="ArgumentException">The upstream given is not the one that the environment promotes from.</exception>
    public static ReleasePlan Plan(PlanningInput input)
    {
        if (input.Environment.PromotesFrom != input.Upstream?.Environment.Name)
            throw new ArgumentException($"'{input.Environment.Name}' promotes from '{input.Environment.PromotesFrom}', but the upstream given is '{input.Upstream?.Environment.Name}'.", nameof(input));
        var deployed = new DeployedReleases(input.History);
        var gatekeeper = new Gatekeeper(input);
        return new([.. input.Candidates.Select(candidate => PlanOne(input, candidate, deployed))
            .Concat(Departures.Plan(input, deployed))
            .Select(item => gatekeeper.Admit(item, deployed.Current(item.Trigger)))
            .OrderBy(item => item.Trigger)]);
    }

    /// <summary>What comes of an item when an image has been built meanwhile: the gates may have closed since it was planned.</summary>
    /// <param name="input">As it was planned from, but for the time.</param>
    /// <param name="item">The release of that image.</param>
    public static PlanItem Admit(PlanningInput input, PlanItem.Deploy item) =>
        new Gatekeeper(input).Admit(item, new DeployedReleases(input.History).Current(item.Trigger));

    private static PlanItem PlanOne(PlanningInput input, TriggerCandidate candidate, DeployedReleases deployed)
    {
        var release = new CandidateRelease(candidate, candidate.Manifest.Environments[input.Environment.Name], input.Place, deployed);
        return input.Upstream is { } upstream
            ? Promotion.Plan(input, upstream, release)
            : Reuse.Plan(input, release);
    }
}
