using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>A candidate beside what runs of its trigger.</summary>
internal sealed class CandidateRelease(TriggerCandidate candidate, EnvironmentSpec spec, Place place, DeployedReleases deployed)
{
    private readonly SettingsFingerprint settings = SettingsFingerprint.Of(spec);

    public TriggerCandidate Candidate => candidate;

    public TriggerName Trigger => candidate.Name;

    public InputHash Hash => candidate.Inputs.Hash;

    public DeploymentRecord? Current { get; } = deployed.Current(candidate.Name);

    /// <summary>The very release asked for runs already, as far as its inputs tell.</summary>
    public bool RunsAlready => Current is { } current && current.Hash == Hash && current.Settings == settings;

    /// <summary>The image asked for runs, but cannot be had any more.</summary>
    public bool LostItsImage(PlanningInput input) => Current is { } current && current.Hash == Hash && input.Gone.Contains(current.Image);

    /// <param name="image">What to deploy.</param>
    /// <param name="source">Where the image comes from, when it has not run here.</param>
    /// <param name="buildId">The build that made it.</param>
    public PlanItem Deploy(ImageReference image, DeploymentKind source, long? buildId) =>
        Current is { } current && current.Image == image && current.Settings == settings && current.Place.IsSameAs(place)
            ? new PlanItem.Keep(candidate, current)
            : new PlanItem.Deploy(candidate, image, KindOf(image, source), buildId);

    private DeploymentKind KindOf(ImageReference image, DeploymentKind source)
    {
        if (Current?.Image == image)
            return Current.Settings == settings ? DeploymentKind.Moved : DeploymentKind.Settings;
        return deployed.RanEarlier(Trigger, image) ? DeploymentKind.RolledBack : source;
    }
}
