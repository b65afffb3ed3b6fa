using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;

namespace GitOps.Triggers.Pipeline;

/// <summary>A planned deployment as the record of it.</summary>
internal static class NewDeployment
{
    public static DeploymentRecord Of(Pass pass, PlanItem.Deploy deploy, DateTimeOffset now)
    {
        var candidate = deploy.Candidate;
        var spec = candidate.Manifest.Environments[pass.Environment.Name];
        return new DeploymentRecord
        {
            Key = pass.For(deploy.Trigger),
            Commit = candidate.Inputs.Commit,
            Hash = candidate.Inputs.Hash,
            Image = deploy.Image,
            Settings = SettingsFingerprint.Of(spec),
            Kind = deploy.Kind,
            DeployedAt = now,
            Place = TargetNamespace.PlaceOf(pass.Environment, pass.Repository.Repository),
            Schedule = spec.Schedule?.Expression,
            TimeZone = spec.Schedule?.TimeZone,
            Suspended = spec.Suspend,
            Expect = spec.Expect,
            Rendered = RenderedYaml.Write(CronJobRenderer.Render(Input(pass, candidate, deploy.Image, candidate.Inputs.Commit))),
            BuildId = deploy.BuildId,
        };
    }

    public static RenderInput Input(Pass pass, TriggerCandidate candidate, ImageReference image, CommitSha commit) => new()
    {
        Repository = pass.Repository.Repository,
        Environment = pass.Environment,
        Manifest = candidate.Manifest,
        Image = image,
        InputHash = candidate.Inputs.Hash,
        Commit = commit,
    };

    public static string InWords(DeploymentRecord release, EnvironmentDefinition environment) => release.Kind switch
    {
        DeploymentKind.Built => $"built image {release.Image.Digest.Short}",
        DeploymentKind.Reused => $"image {release.Image.Digest.Short}, built before from equal inputs",
        DeploymentKind.Promoted => $"promoted image {release.Image.Digest.Short} from {environment.PromotesFrom}; nothing was built",
        DeploymentKind.Settings => $"new settings for image {release.Image.Digest.Short}; nothing was built",
        DeploymentKind.Moved => $"moved to {release.Place}, image {release.Image.Digest.Short}; nothing was built",
        DeploymentKind.RolledBack => $"rolled back to image {release.Image.Digest.Short}; nothing was built",
        _ => release.Kind.ToString(),
    };
}
