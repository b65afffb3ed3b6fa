using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Tests.Planning;

/// <summary>What the next plan is made from once a plan was carried out and every build succeeded.</summary>
internal static class CarriedOut
{
    public static PlanningInput By(ReleasePlan plan, PlanningInput input)
    {
        var after = input;
        foreach (var item in plan.Items)
        {
            after = item switch
            {
                PlanItem.Build { Candidate: var candidate } => Built(after, candidate),
                PlanItem.Deploy { Candidate: var candidate, Image: var image } => Deployed(after, candidate, image),
                PlanItem.Prune { Current: var current } => after with { History = [.. after.History.Select(record => ReferenceEquals(record, current) ? record with { PrunedAt = Given.Now } : record)] },
                _ => after,
            };
        }
        return after;
    }

    private static PlanningInput Built(PlanningInput input, TriggerCandidate candidate)
    {
        var build = Given.BuiltEarlier("9")[0] with { Hash = candidate.Inputs.Hash };
        return Deployed(input with { Builds = [build, .. input.Builds] }, candidate, build.Image!);
    }

    private static PlanningInput Deployed(PlanningInput input, TriggerCandidate candidate, ImageReference image)
    {
        var deployment = Given.Deployment(input.Environment, "0a", candidate.Name.Value, input.Now) with
        {
            Hash = candidate.Inputs.Hash,
            Image = image,
            Place = input.Place,
            Settings = SettingsFingerprint.Of(candidate.Manifest.Environments[input.Environment.Name]),
        };
        return input with { History = [deployment, .. input.History] };
    }
}
