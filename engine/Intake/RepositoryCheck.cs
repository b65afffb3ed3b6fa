using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Intake;

/// <summary>Compares a repository's heads with what the last passes found, and marks what differs.</summary>
internal sealed class RepositoryCheck(StatusStore statuses, WorkStore work, WorkQueue queue, EngineConfiguration configuration, TimeProvider time)
{
    public async Task CompareAsync(RepositoryId repository, IReadOnlyDictionary<BranchName, CommitSha> heads, CancellationToken ct)
    {
        var passes = await statuses.PassesAsync(repository, ct);
        var items = await work.ListAsync(repository, ct);
        var stale = ResyncDecision.Stale(heads, configuration.Environments, passes, items, time.GetUtcNow());
        if (stale.Count > 0)
            await queue.MarkAsync(stale.Select(environment => new WorkKey(repository, environment)), "resync", ct);
    }

    /// <summary>Whatever happened while the engine was not there.</summary>
    public Task MarkAllAsync(IReadOnlyList<ConnectedRepository> repositories, CancellationToken ct) => queue.MarkAsync(
        repositories.SelectMany(repository => configuration.Environments.Select(environment => new WorkKey(repository.Id, environment.Name))),
        "engine start",
        ct);
}
