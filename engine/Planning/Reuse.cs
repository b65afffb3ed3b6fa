using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>Equal inputs are never built twice, whichever trigger or environment asked for the build: neither what succeeded nor what failed by its own fault.</summary>
internal static class Reuse
{
    public static PlanItem Plan(PlanningInput input, CandidateRelease release)
    {
        var equal = input.Builds.Where(build => build.Hash == release.Hash && build.Image is not null).ToList();
        // Where equal inputs have several images, staying with the one that runs changes least.
        var build = equal.FirstOrDefault(build => build.Image == release.Current?.Image) ?? equal.FirstOrDefault();
        if (build is { Image: { } image })
            return release.Deploy(image, DeploymentKind.Reused, build.Id);
        return input.Rejected.FirstOrDefault(build => build.Hash == release.Hash) is { } rejected
            ? new PlanItem.Reject(release.Trigger, RejectedBuild.Explain(rejected)[0], release.Current)
            : new PlanItem.Build(release.Candidate);
    }
}
