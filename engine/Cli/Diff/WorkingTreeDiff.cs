using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli;

/// <summary>Compares a working tree with what the engine has deployed in one environment.</summary>
internal sealed class WorkingTreeDiff(LocalManifests local, Repository repository, EnvironmentDefinition environment)
{
    /// <param name="deployed">What runs in the environment, of this repository.</param>
    /// <param name="wholeRepository">All manifests were read: what is not among them would be taken down.</param>
    /// <param name="ct">Ends git, too.</param>
    public async Task<IReadOnlyList<TriggerDiff>> CompareAsync(IReadOnlyList<TriggerView> deployed, bool wholeRepository, CancellationToken ct)
    {
        var diffs = new List<TriggerDiff>();
        var named = local.Set.Manifests.Where(manifest => manifest.Environments.ContainsKey(environment.Name)).ToList();
        foreach (var manifest in named)
        {
            var release = deployed.FirstOrDefault(view => view.Trigger == manifest.Name.Value)?.Release;
            diffs.Add(release is null or { Pruned: true } ? Added(manifest) : await ChangedAsync(manifest, release, ct));
        }
        if (wholeRepository)
            diffs.AddRange(deployed
                .Where(view => view.Release is { Pruned: false } && named.All(manifest => manifest.Name.Value != view.Trigger))
                .Select(view => new TriggerDiff(view.Trigger, TriggerDiff.TakenDown, null, Diff(view.Trigger, view.Release!.Rendered ?? "", ""))));
        return diffs;
    }

    private TriggerDiff Added(TriggerManifest manifest) => new(
        manifest.Name.Value,
        TriggerDiff.New,
        environment.PromotesFrom is { } upstream ? $"the one that {upstream} has for these inputs" : "it will be built, or found again if these inputs were built before",
        Diff(manifest.Name.Value, "", RenderedYaml.Write(Preview.Render(repository, environment, manifest, image: null, local.Checkout.Head, inputs: null))));

    private async Task<TriggerDiff> ChangedAsync(TriggerManifest manifest, ReleaseView release, CancellationToken ct)
    {
        // With the deployed image, inputs and commit: what is left are the settings.
        var after = RenderedYaml.Write(Preview.Render(
            repository, environment, manifest, ImageReference.Parse(release.Image), CommitSha.Parse(release.Commit), InputHash.Parse(release.InputHash)));
        var diff = Diff(manifest.Name.Value, release.Rendered ?? "", after);
        var image = await ImageForecast.MakeAsync(local, manifest, release, environment.PromotesFrom?.Value, ct);
        return new TriggerDiff(manifest.Name.Value, diff.Length > 0 || image.Changes ? TriggerDiff.Changed : TriggerDiff.Same, image.Text, diff);
    }

    private string Diff(string trigger, string before, string after) =>
        RenderedDiff.Between(before, after, $"{trigger} in {environment.Name}, as deployed", $"{trigger} in {environment.Name}, as in this folder");
}
