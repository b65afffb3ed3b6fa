using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>Decides by digest: what is deployed is the very image that was deployed upstream from equal inputs.</summary>
internal static class Promotion
{
    public static PlanItem Plan(PlanningInput input, UpstreamView upstream, CandidateRelease release)
    {
        if (Proof(upstream, release) is { } proof)
            return release.Deploy(proof.Image, DeploymentKind.Promoted, proof.BuildId);
        var isLost = release.LostItsImage(input);
        if (!isLost && release is { RunsAlready: true, Current: { } current })
            return release.Deploy(current.Image, current.Kind, current.BuildId);
        if (IsOnItsWay(upstream, release))
            return new PlanItem.Hold(release.Trigger, Awaited(upstream.Environment, isLost), null, release.Current);
        return input.Environment.Untested == UntestedPolicy.Build
            ? Reuse.Plan(input, release)
            : new PlanItem.Reject(
                release.Trigger,
                isLost ? Lost(input.Environment, upstream.Environment, release.Candidate) : NeverSeen(input.Environment, upstream.Environment, release.Candidate),
                release.Current);
    }

    /// <summary>Where equal inputs gave several images upstream, the one that runs here is as good as any and changes least; else the latest.</summary>
    private static UpstreamEvidence? Proof(UpstreamView upstream, CandidateRelease release) => upstream.Evidence
        .Where(evidence => evidence.Trigger == release.Trigger && evidence.Hash == release.Hash)
        .OrderByDescending(evidence => evidence.Image == release.Current?.Image)
        .ThenByDescending(evidence => evidence.FirstDeployedAt)
        .ThenBy(evidence => evidence.Image.ToString(), StringComparer.Ordinal)
        .FirstOrDefault();

    private static bool IsOnItsWay(UpstreamView upstream, CandidateRelease release) =>
        upstream.Head.Any(candidate => candidate.Name == release.Trigger && candidate.Inputs.Hash == release.Hash);

    private static string Awaited(EnvironmentDefinition upstream, bool isLost) =>
        (isLost ? $"its image can no longer be had from this machine's store and has to come from {upstream.Name} again (`gitops-triggers sync` has {upstream.Name} looked at)" : $"not yet deployed in {upstream.Name}")
        + $"; this is looked at again as soon as {upstream.Name} deploys it";

    private static Finding Lost(EnvironmentDefinition here, EnvironmentDefinition upstream, TriggerCandidate candidate) => new()
    {
        File = candidate.Manifest.File,
        Message = $"The image of '{candidate.Name}' (inputs {candidate.Inputs.Hash.Short}) that {here.Name} runs can no longer be had from this machine's store. {here.Name} takes its images from {upstream.Name}, whose branch '{upstream.Branch}' no longer asks for these inputs.",
        Fix = $"Bring the branch '{here.Branch}' to what {upstream.Name} runs now, or revert '{upstream.Branch}' to these inputs so that {upstream.Name} builds them again. Keep images from being pruned, or set a registry, which holds them.",
    };

    private static Finding NeverSeen(EnvironmentDefinition here, EnvironmentDefinition upstream, TriggerCandidate candidate) => new()
    {
        File = candidate.Manifest.File,
        Message = $"The image of '{candidate.Name}' at {candidate.Inputs.Commit.Short} (inputs {candidate.Inputs.Hash.Short}) was never deployed in {upstream.Name}, and {here.Name} takes its images from there.",
        Fix = $"Merge the change to the branch '{upstream.Branch}' first (the manifest must name '{upstream.Name}' under environments) and let it run in {upstream.Name}; then it is promoted without a build. What {here.Name} runs now stays.",
    };
}
