using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Rendering;

/// <summary>All that a CronJob is rendered from. An operator's pause is not among it: see <see cref="Suspension"/>.</summary>
internal sealed record RenderInput
{
    public required Repository Repository { get; init; }

    public required EnvironmentDefinition Environment { get; init; }

    /// <summary>Names the environment.</summary>
    public required TriggerManifest Manifest { get; init; }

    public required ImageReference Image { get; init; }

    public required InputHash InputHash { get; init; }

    /// <summary>The release's commit: for what runs unchanged, the one it was deployed from, not the branch's head.</summary>
    public required CommitSha Commit { get; init; }

    public EnvironmentSpec Spec => Manifest.Environments[Environment.Name];

    public TriggerKey Key => new(Repository.Id, Environment.Name, Manifest.Name);
}
