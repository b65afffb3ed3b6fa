using System.Runtime.CompilerServices;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>A cluster as a place to run: its own CronJob controller starts the runs.</summary>
/// <param name="cluster">Which.</param>
/// <param name="space">The namespace that it is about; none: the one of the trigger's newest release.</param>
/// <param name="cronJobs">What stands there.</param>
/// <param name="inventory">What was released.</param>
/// <param name="runs">Starts runs.</param>
/// <param name="logs">Reads their logs.</param>
internal sealed class KubernetesTarget(Cluster cluster, string? space, CronJobKeeper cronJobs, Inventory inventory, OnDemandRuns runs, ClusterLogs logs) : ITarget
{
    public async Task<StageResult<ApplyResult>> ApplyAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct) =>
        TargetFindings.At(cronJob, await TryAsync(key, () => cronJobs.ApplyAsync(key, cronJob, ct)));

    public async Task<StageResult<bool>> RehearseAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct) =>
        TargetFindings.At(cronJob, await TryAsync(key, () => cronJobs.RehearseAsync(key, cronJob, ct)));

    public Task<StageResult<bool>> SuspendAsync(TriggerKey key, string reason, CancellationToken ct) => TryAsync<bool>(key, async () =>
    {
        // Nothing is made only to stand still.
        if (await inventory.CurrentAsync(key, ct) is not { } released || !await cronJobs.ExistsAsync(released, ct))
            return new StageResult<bool>.Done(false);
        var result = await ApplyAsync(key, Suspension.Of(released, reason), ct);
        return result.Select(applied => applied is ApplyResult.Created or ApplyResult.Changed);
    });

    public Task<StageResult<bool>> PruneAsync(TriggerKey key, CancellationToken ct) => TryAsync<bool>(key, async () =>
        new StageResult<bool>.Done(await SpaceAsync(key, ct) is { } where && await cronJobs.DeleteAsync(key, where, ct)));

    public Task<StageResult<RunRecord>> RunNowAsync(TriggerKey key, IReadOnlyList<string>? args, CancellationToken ct) => TryAsync<RunRecord>(key, async () =>
        await inventory.CurrentAsync(key, ct) is { } released
            ? await runs.StartAsync(cluster, key, released, args, ct)
            : new StageResult<RunRecord>.Rejected([TargetFindings.NotDeployed(key)]));

    public async IAsyncEnumerable<string> LogsAsync(RunRecord run, bool follow, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await SpaceAsync(run.Key, ct) is not { } where)
            yield break;
        await using var lines = logs.ReadAsync(cluster, run, where, follow, ct).GetAsyncEnumerator(ct);
        while (await NextAsync(lines, ct))
            yield return lines.Current;
    }

    private static async Task<bool> NextAsync(IAsyncEnumerator<string> lines, CancellationToken ct)
    {
        try
        {
            return await lines.MoveNextAsync();
        }
        catch (ClusterException failure) when (!ct.IsCancellationRequested)
        {
            throw new LogUnavailableException(failure.Message, failure);
        }
    }

    private async Task<string?> SpaceAsync(TriggerKey key, CancellationToken ct) => space ?? await inventory.NamespaceAsync(key, ct);

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
