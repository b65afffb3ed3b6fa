using System.Runtime.CompilerServices;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>A cluster as a place to run: its own CronJob controller starts the runs.</summary>
internal sealed class KubernetesTarget(Cluster cluster, CronJobKeeper cronJobs, Inventory inventory, OnDemandRuns runs, ClusterLogs logs) : ITarget
{
    public Task<StageResult<ApplyResult>> ApplyAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct) =>
        TryAsync(key, () => cronJobs.ApplyAsync(key, cronJob, ct));

    public Task<StageResult<bool>> SuspendAsync(TriggerKey key, string reason, CancellationToken ct) => TryAsync<bool>(key, async () =>
    {
        if (await inventory.CurrentAsync(key, ct) is not { } released)
            return new StageResult<bool>.Done(false);
        var result = await cronJobs.ApplyAsync(key, Suspension.Of(released, reason), ct);
        return result.Select(applied => applied is ApplyResult.Created or ApplyResult.Changed);
    });

    public Task<StageResult<bool>> PruneAsync(TriggerKey key, CancellationToken ct) => TryAsync<bool>(key, async () =>
        new StageResult<bool>.Done(await inventory.NamespaceAsync(key, ct) is { } space && await cronJobs.DeleteAsync(key, space, ct)));

    public Task<StageResult<RunRecord>> RunNowAsync(TriggerKey key, IReadOnlyList<string>? args, CancellationToken ct) => TryAsync<RunRecord>(key, async () =>
        await inventory.CurrentAsync(key, ct) is { } released
            ? await runs.StartAsync(cluster, key, released, args, ct)
            : new StageResult<RunRecord>.Rejected([TargetFindings.NotDeployed(key)]));

    public async IAsyncEnumerable<string> LogsAsync(RunRecord run, bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await inventory.NamespaceAsync(run.Key, ct) is not { } space)
            yield break;
        await foreach (var line in logs.ReadAsync(cluster, run, space, follow, ct))
            yield return line;
    }

    private static async Task<StageResult<T>> TryAsync<T>(TriggerKey key, Func<Task<StageResult<T>>> call)
    {
        try
        {
            return await call();
        }
        catch (ClusterException failure)
        {
            return TargetFailures.Of<T>(key, failure);
        }
    }
}
