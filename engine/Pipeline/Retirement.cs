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
                if (NotDone(done) is { } later)
                    return later;
            }
            if (takeDown)
                await deployments.PruneAsync(deployed, ct);
        }
        var message = current.Count == 0 ? reason : $"{reason}; {(takeDown ? "taken down" : "suspended")}";
        await conclusion.RetireAsync(key, repositories.NameOf(key.Repository), message, takeDown ? [] : current, ct);
        return new WorkResult.Completed();
    }

    /// <summary>What a target refuses still runs there, so it is neither told of as still nor forgotten.</summary>
    private static WorkResult.RetryAfter? NotDone(StageResult<bool> done) => done switch
    {
        StageResult<bool>.Done => null,
        StageResult<bool>.Retry(var after, var why) => new(after, why),
        StageResult<bool>.Held(var why, _) => new(null, why),
        StageResult<bool>.Rejected(var findings) => new(null, findings[0].Message),
        var unknown => throw new InvalidOperationException($"No such outcome of a target: {unknown.GetType().Name}"),
    };
}
