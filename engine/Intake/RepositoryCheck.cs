using System.Collections.Concurrent;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Intake;

/// <summary>Compares a repository's heads with what the last passes found, and marks what differs.</summary>
internal sealed class RepositoryCheck(StatusStore statuses, WorkStore work, WorkQueue queue, EngineConfiguration configuration, TimeProvider time)
{
    // Of what could not be read. In memory only: after a start each is tried once more.
    private readonly ConcurrentDictionary<WorkKey, CommitSha> marked = new();

    public async Task CompareAsync(RepositoryId repository, IReadOnlyDictionary<BranchName, CommitSha> heads, CancellationToken ct)
    {
        var passes = await statuses.PassesAsync(repository, ct);
        var items = await work.ListAsync(repository, ct);
        foreach (var pass in passes.Where(pass => !ResyncDecision.IsUnread(pass)))
            marked.TryRemove(pass.Key, out _);
        var stale = ResyncDecision.Stale(heads, configuration.Environments, passes, items, MarkedOf(repository), time.GetUtcNow());
        if (stale.Count == 0)
            return;
        await queue.MarkAsync(stale.Select(environment => new WorkKey(repository, environment)), "resync", ct);
        foreach (var environment in configuration.Environments.Where(environment => stale.Contains(environment.Name)))
        {
            if (heads.TryGetValue(environment.Branch, out var head))
                marked[new WorkKey(repository, environment.Name)] = head;
        }
    }

    private Dictionary<EnvironmentName, CommitSha> MarkedOf(RepositoryId repository) =>
        marked.Where(one => one.Key.Repository == repository).ToDictionary(one => one.Key.Environment, one => one.Value);
}
