using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>Names what a trigger's image is built from, from git's objects alone.</summary>
internal sealed class BuildInputsReader(GitMirrors mirrors, EngineConfiguration configuration)
{
    public Task<StageResult<BuildInputs>> ReadAsync(ConnectedRepository repository, CommitSha commit, TriggerManifest manifest, CancellationToken ct) =>
        mirrors.ReadAsync(repository, git => Read(git, commit, manifest, ct), ct);

    private StageResult<BuildInputs> Read(Git.Repository git, CommitSha commit, TriggerManifest manifest, CancellationToken ct) =>
        new BuildContextReader(git, manifest.File, manifest.Build, configuration.Limits, MayRunOnCluster(manifest)).Read(commit, ct).Select(context => new BuildInputs
        {
            Hash = InputHasher.Hash(context, BuildPlatform.Current),
            Commit = commit,
            Spec = manifest.Build,
            LocalBase = context.LocalBase,
            FileCount = context.FileCount,
        });

    /// <summary>By this manifest, at once or by promotion.</summary>
    private bool MayRunOnCluster(TriggerManifest manifest) =>
        configuration.Environments.Any(environment => environment.Target is TargetSettings.Kubernetes && manifest.Environments.ContainsKey(environment.Name));
}
