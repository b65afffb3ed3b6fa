using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Takes a trigger down where it stood before the operator gave its environment another place. First, since two CronJobs of one trigger would start each run twice.</summary>
internal sealed class FormerPlaces(Targets targets, DeploymentStore deployments)
{
    /// <returns>
    /// Done with nothing to say, or with what had to be left behind since no way leads there any more; else why it must not be applied elsewhere yet.
    /// </returns>
    public async Task<StageResult<string?>> LeaveAsync(DeploymentRecord release, CancellationToken ct)
    {
        if (await deployments.NewestAsync(release.Key, ct) is not { Pruned: false } standing || standing.Place.IsSameAs(release.Place))
            return new StageResult<string?>.Done(null);
        var target = targets.Of(standing);
        return target is StageResult<ITarget>.Rejected(var findings)
            ? new StageResult<string?>.Done($"{findings[0].Message} {findings[0].Fix}")
            : (await target.Then(former => former.PruneAsync(standing.Key, ct))).Select(_ => (string?)null);
    }
}
