using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>Equal inputs are never built twice, whichever trigger or environment asked for the build.</summary>
internal static class Reuse
{
    public static PlanItem Plan(IReadOnlyList<BuildRecord> builds, CandidateRelease release)
    {
        var equal = builds.Where(build => build.Hash == release.Hash && build.Image is not null).ToList();
        // Where equal inputs have several images, staying with the one that runs changes least.
        var build = equal.FirstOrDefault(build => build.Image == release.Current?.Image) ?? equal.FirstOrDefault();
        return build is { Image: { } image }
            ? release.Deploy(image, DeploymentKind.Reused, build.Id)
            : new PlanItem.Build(release.Candidate);
    }
}
