using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli;

/// <summary>Whether a push would need another image: what the build is made from, compared with the commit that is deployed.</summary>
/// <param name="Text">For people.</param>
/// <param name="Changes">Another image would be deployed.</param>
internal sealed record ImageForecast(string Text, bool Changes)
{
    private static readonly ImageForecast Stays = new("the same: nothing that it is built from has changed", false);

    /// <param name="local">The working tree.</param>
    /// <param name="manifest">The trigger's manifest in it.</param>
    /// <param name="deployed">What runs.</param>
    /// <param name="upstream">Where images come from; none: they are built here.</param>
    /// <param name="ct">Ends git, too.</param>
    public static async Task<ImageForecast> MakeAsync(LocalManifests local, TriggerManifest manifest, ReleaseView deployed, string? upstream, CancellationToken ct)
    {
        var changed = new ImageForecast(upstream is null ? "another: it will be built" : $"another: the one that {upstream} has for these inputs", true);
        var root = local.Checkout.Root;
        if (!local.Checkout.IsGit || await Git.TryAsync(root, ["cat-file", "-e", deployed.Commit + "^{commit}"], ct) != 0)
            return new ImageForecast($"not known: the deployed commit {Words.Commit(deployed.Commit)} is not in this folder's git", false);
        if (await BuildAtAsync(local, manifest, deployed, ct) is not { } before || !Same(before, manifest.Build))
            return changed;
        string[] inputs = ["--", Pathspec(manifest.Build.Context), Pathspec(manifest.Build.Dockerfile), $":(top,exclude,glob)**/{WorkingTree.ManifestName}"];
        var tracked = await Git.TryAsync(root, ["diff", "--quiet", deployed.Commit, .. inputs], ct);
        var untracked = await Git.AskAsync(root, ["ls-files", "--others", "--exclude-standard", .. inputs], ct);
        return tracked == 0 && untracked is "" ? Stays : changed;
    }

    private static async Task<BuildSpec?> BuildAtAsync(LocalManifests local, TriggerManifest manifest, ReleaseView deployed, CancellationToken ct)
    {
        var text = await Git.AskAsync(local.Checkout.Root, ["show", $"{deployed.Commit}:{manifest.File}"], ct);
        return text is null ? null : ManifestReader.Read(
            new ManifestFile(manifest.File, System.Text.Encoding.UTF8.GetBytes(text)),
            new ManifestContext { Repository = local.Checkout.Id, RepositoryName = local.Checkout.Name }).Manifest?.Build;
    }

    private static bool Same(BuildSpec one, BuildSpec other) =>
        (one.Context, one.Dockerfile, one.Target) == (other.Context, other.Dockerfile, other.Target)
        && one.Args.OrderBy(arg => arg.Key, StringComparer.Ordinal).SequenceEqual(other.Args.OrderBy(arg => arg.Key, StringComparer.Ordinal));

    private static string Pathspec(string path) => ":(top,literal)" + path;
}
