using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using GitOps.Triggers.Registries;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Sees to it that environments which ask for equal inputs at the same time share one build: whoever comes second waits, and takes what came of the first.</summary>
internal sealed class SharedBuilds(BuildStore store, ImageStore images, BuildStage builds, EngineConfiguration configuration)
{
    private readonly BuildTurns turns = new();

    /// <returns>Done with the build, which may be another pass's; Skipped when a newer commit took the build's reason away.</returns>
    public async Task<StageResult<BuildRecord>> BuildAsync(Pass pass, TriggerCandidate candidate, CancellationToken superseded, CancellationToken ct)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(ct, superseded);
        try
        {
            using var turn = await turns.TakeAsync(pass.Repository.Id, candidate.Inputs.Hash, cancel.Token);
            return await FindAsync(pass.Repository.Id, candidate.Inputs.Hash, cancel.Token) ?? await builds.BuildAsync(pass, candidate, superseded, ct);
        }
        catch (OperationCanceledException) when (superseded.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return new StageResult<BuildRecord>.Skipped("a newer commit was pushed");
        }
        catch (RegistryException outage)
        {
            return new StageResult<BuildRecord>.Retry(outage.RetryAfter, outage.Message);
        }
        catch (ContainerException outage)
        {
            return new StageResult<BuildRecord>.Retry(null, outage.Message);
        }
    }

    /// <summary>What another pass may have made of these inputs since this one was planned, by the plan's own question; none also when that build was cancelled or could not be carried out.</summary>
    private async Task<StageResult<BuildRecord>?> FindAsync(RepositoryId repository, InputHash hash, CancellationToken ct)
    {
        var judged = await store.JudgedAsync(repository, [hash], ct);
        var known = new KnownImages(images, configuration.HasClusters);
        foreach (var build in judged.Succeeded)
        {
            if (await known.ExistsAsync(build.Image!, ct))
                return new StageResult<BuildRecord>.Done(build);
        }
        return judged.Rejected.FirstOrDefault() is { } rejected
            ? new StageResult<BuildRecord>.Rejected(RejectedBuild.Explain(rejected))
            : null;
    }
}
