using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Cli;

/// <summary>What the engine would apply for a manifest of the working tree.</summary>
internal static class Preview
{
    // Fits no image, build or commit, and looks like it.
    private static readonly ImageReference NoImage = ImageReference.Parse("sha256:" + new string('0', 64));
    private static readonly InputHash NoInputs = InputHash.Parse(new string('0', 64));

    public static V1CronJob Render(Repository repository, EnvironmentDefinition environment, TriggerManifest manifest, ImageReference? image, CommitSha? commit, InputHash? inputs) =>
        CronJobRenderer.Render(new RenderInput
        {
            Repository = repository,
            Environment = environment,
            Manifest = manifest,
            Image = image ?? NoImage,
            InputHash = inputs ?? NoInputs,
            Commit = commit ?? CommitSha.None,
        });
}
