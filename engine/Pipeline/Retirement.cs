using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>
/// The pass of a key that is no longer served: what runs for it would go on unseen, so it is suspended, or taken down when that was asked for.
/// The history stays, and when the key is served again its ordinary pass deploys what git says.
/// </summary>
internal sealed class Retirement(ServedKeys served, RepositoryStore repositories, Targets targets, DeploymentStore deployments, Conclusion conclusion)
{
    /// <returns>None when the key is served.</returns>
    public async Task<WorkResult?> ExecuteAsync(WorkKey key, CancellationToken ct)
    {
        if (served.WhyNot(key) is not { } reason)
            return null;
        var current = (await deployments.HistoryAsync(key, ct)).DistinctBy(row => row.Trigger).Where(row => !row.Pruned).ToList();
        var takeDown = repositories.Retired.Any(repository => repository.Id == key.Repository && repository.TakeDown);
        foreach (var deployed in current)
        {
            await deployments.StandStillAsync(deployed, reason, ct);
            foreach (var target in targets.MayHold(key.Environment))
            {
                var done = await (takeDown ? target.PruneAsync(deployed.Key, ct) : target.SuspendAsync(deployed.Key, reason, ct));
                if (done is StageResult<bool>.Retry(var after, var why))
                    return new WorkResult.RetryAfter(after, why);
            }
            if (takeDown)
                await deployments.PruneAsync(deployed, ct);
        }
        var message = current.Count == 0 ? reason : $"{reason}; {(takeDown ? "taken down" : "suspended")}";
        await conclusion.RetireAsync(key, repositories.NameOf(key.Repository), message, takeDown ? [] : current, ct);
        return new WorkResult.Completed();
    }
}
