using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>Applies CronJobs to a cluster, and takes them down.</summary>
internal sealed class CronJobKeeper(Cluster cluster, DriftPolicy drift, NamespaceKeeper spaces, AppliedObjects applied)
{
    /// <exception cref="ClusterException">A call failed.</exception>
    public async Task<StageResult<ApplyResult>> ApplyAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct)
    {
        var marked = AppliedMark.On(cronJob);
        if (applied.Holds(marked))
            return new StageResult<ApplyResult>.Done(ApplyResult.Unchanged);
        var space = marked.Metadata.NamespaceProperty;
        var ensured = await spaces.EnsureAsync(key, space, ct);
        if (ensured is not StageResult<bool>.Done(var looked))
            return ensured.Select(_ => ApplyResult.Unchanged);
        try
        {
            return await ReplaceAsync(key, marked, ct) ?? await WriteAsync(key, marked, ct);
        }
        catch (ClusterException missing) when (missing.Kind == ClusterFailureKind.NotFound)
        {
            // Somebody has deleted the namespace since it was looked at.
            spaces.Forget(key.Repository, space);
            return looked
                ? new StageResult<ApplyResult>.Retry(null, missing.Message)
                : await ApplyAsync(key, cronJob, ct);
        }
    }

    /// <summary>Whether it could be applied. Of the cluster nothing is changed but what its namespace needs.</summary>
    /// <exception cref="ClusterException">A call failed.</exception>
    public async Task<StageResult<bool>> RehearseAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct)
    {
        var ensured = await spaces.EnsureAsync(key, cronJob.Metadata.NamespaceProperty, ct);
        if (ensured is not StageResult<bool>.Done)
            return ensured;
        var what = ResourceKinds.CronJob.Describe(cronJob);
        var found = await cluster.FindAsync($"read {what}", client => ResourceKinds.CronJob.Read(client, cronJob, ct), ct);
        if (found is not null && !OwnershipLabels.Match(OwnershipLabels.Of(key), found.Metadata.Labels))
            return new StageResult<bool>.Rejected([Foreign(key, what, found)]);
        await ServerSideApply.RehearseAsync(cluster, ResourceKinds.CronJob, AppliedMark.On(cronJob), ct);
        return ensured;
    }

    /// <exception cref="ClusterException">The call failed.</exception>
    public async Task<bool> ExistsAsync(V1CronJob cronJob, CancellationToken ct) =>
        await cluster.FindAsync($"read {ResourceKinds.CronJob.Describe(cronJob)}", client => ResourceKinds.CronJob.Read(client, cronJob, ct), ct) is not null;

    /// <summary>
    /// The Jobs are left behind: those that go on end by themselves, and the cluster removes each an hour after its end. Were they taken along, a
    /// run in its last minute would be killed by a push. Their records and logs stay with the engine.
    /// </summary>
    /// <exception cref="ClusterException">A call failed.</exception>
    public async Task<bool> DeleteAsync(TriggerKey key, string space, CancellationToken ct)
    {
        var name = CronJobName.Of(key);
        var standing = new V1CronJob { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = space } };
        var found = await cluster.FindAsync($"read the CronJob {name} in {space}", client => ResourceKinds.CronJob.Read(client, standing, ct), ct);
        var isOurs = found is not null && OwnershipLabels.Match(OwnershipLabels.Of(key), found.Metadata.Labels);
        applied.Forget(standing);
        if (isOurs)
            await cluster.FindAsync($"delete the CronJob {name} in {space}", client => OrphaningDelete.CronJobAsync(client, found!, ct), ct);
        await OrphaningDelete.ExpireJobsAsync(cluster, space, key, ct);
        return isOurs;
    }

    /// <summary>A release in the place of one that stands there untouched: a watch would have told of anything else, so that nobody need look.</summary>
    /// <returns>None when somebody has to look.</returns>
    private async Task<StageResult<ApplyResult>?> ReplaceAsync(TriggerKey key, V1CronJob marked, CancellationToken ct)
    {
        if (applied.Standing(marked) is not { } uid)
            return null;
        var desired = RenderedYaml.Copy(marked);
        desired.Metadata.Uid = uid;
        applied.Applying(marked);
        try
        {
            applied.Applied(key, marked, await ServerSideApply.ReplaceAsync(cluster, ResourceKinds.CronJob, desired, ct));
            return new StageResult<ApplyResult>.Done(ApplyResult.Changed);
        }
        catch (ClusterException other) when (other.Kind is ClusterFailureKind.Conflict or ClusterFailureKind.Invalid)
        {
            // It was taken away just now, or replaced; and what is refused for itself is refused again.
            return null;
        }
        finally
        {
            applied.Settled(marked);
        }
    }

    private async Task<StageResult<ApplyResult>> WriteAsync(TriggerKey key, V1CronJob marked, CancellationToken ct)
    {
        var rules = new ApplyRules<V1CronJob>
        {
            IsOurs = found => OwnershipLabels.Match(OwnershipLabels.Of(key), found.Metadata.Labels),
            IsAsApplied = found => applied.IsUnchanged(marked, found),
            // The mark itself is what differs then.
            IsKnownToDiffer = found => IsAnotherRelease(marked, found),
            MayCorrect = found => MayCorrect(marked, found),
        };
        applied.Applying(marked);
        try
        {
            var result = await ServerSideApply.ApplyAsync(cluster, ResourceKinds.CronJob, marked, rules, ct);
            if (result.Outcome is ApplyOutcome.Created or ApplyOutcome.Changed or ApplyOutcome.Unchanged)
                applied.Applied(key, marked, result.Object);
            return Told(key, ResourceKinds.CronJob.Describe(marked), result);
        }
        finally
        {
            applied.Settled(marked);
        }
    }

    /// <summary>A new release is no drift; and what is to stand still, by an operator's pause or a vanished branch, stands still.</summary>
    private bool MayCorrect(V1CronJob marked, V1CronJob found) => drift is DriftPolicy.Correct
        || IsAnotherRelease(marked, found)
        || marked.Metadata.Annotations.ContainsKey(Annotations.Suspended);

    private static bool IsAnotherRelease(V1CronJob marked, V1CronJob found) => AppliedMark.Of(found) != AppliedMark.Of(marked);

    private static StageResult<ApplyResult> Told(TriggerKey key, string what, Applied<V1CronJob> applied) => applied.Outcome switch
    {
        ApplyOutcome.Created => new StageResult<ApplyResult>.Done(ApplyResult.Created),
        ApplyOutcome.Changed => new StageResult<ApplyResult>.Done(ApplyResult.Changed),
        ApplyOutcome.Unchanged => new StageResult<ApplyResult>.Done(ApplyResult.Unchanged),
        ApplyOutcome.Drifted => new StageResult<ApplyResult>.Done(ApplyResult.Drifted),
        _ => new StageResult<ApplyResult>.Rejected([Foreign(key, what, applied.Object)]),
    };

    private static Finding Foreign(TriggerKey key, string what, V1CronJob found) =>
        TargetFindings.Foreign(key, what, OwnershipLabels.KeyOf(found.Metadata.Labels)?.ToString() ?? "somebody else");
}
