using System.Collections.Concurrent;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>Sees to it that a namespace has what its CronJobs need, and nothing of the engine's besides. Looked at once for all triggers in it, and again now and then, so that what somebody removes comes back.</summary>
internal sealed class NamespaceKeeper(EnvironmentName environment, TargetSettings.Kubernetes settings, Cluster cluster, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(RepositoryId Repository, string Space), long> ensured = new();

    /// <returns>Done; Held while the namespace is missing and an operator is to make it; Rejected when something there is not the engine's.</returns>
    /// <exception cref="ClusterException">A call failed.</exception>
    public async Task<StageResult<bool>> EnsureAsync(TriggerKey key, string space, CancellationToken ct)
    {
        var seen = ensured.TryGetValue((key.Repository, space), out var at);
        if (seen && time.GetElapsedTime(at) < LookAgain)
            return new StageResult<bool>.Done(false);
        var objects = EnvironmentObjects.Of(environment, settings, key.Repository, space);
        try
        {
            var foreign = await EnsureAsync(key, objects, ct);
            if (foreign.Count > 0)
                return new StageResult<bool>.Rejected(foreign);
            // The settings of an engine do not change while it runs.
            if (!seen)
                await Withdrawal.RunAsync(cluster, key.Work, settings, space, ct);
        }
        catch (ClusterException missing) when (missing.Kind == ClusterFailureKind.NotFound)
        {
            return Missing(space);
        }
        ensured[(key.Repository, space)] = time.GetTimestamp();
        return new StageResult<bool>.Done(true);
    }

    /// <summary>It was found missing: the next one looks again.</summary>
    public void Forget(RepositoryId repository, string space) => ensured.TryRemove((repository, space), out _);

    /// <summary>Looks again at everything that was seen to before; at a namespace that is gone, when something is next applied there.</summary>
    /// <param name="isServed">Nothing is made again of a repository that left.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="ClusterException">Calls failed; every namespace was looked at all the same. It is the first of them.</exception>
    public async Task RepairAsync(Func<RepositoryId, bool> isServed, CancellationToken ct)
    {
        ClusterException? failed = null;
        foreach (var (repository, space) in ensured.Keys)
        {
            try
            {
                if (!isServed(repository))
                    Forget(repository, space);
                else
                    await EnsureAsync(new TriggerKey(repository, environment, TriggerName.Parse("any")), EnvironmentObjects.Of(environment, settings, repository, space), ct);
            }
            catch (ClusterException missing) when (missing.Kind == ClusterFailureKind.NotFound)
            {
                Forget(repository, space);
            }
            catch (ClusterException failure)
            {
                failed ??= failure;
            }
        }
        if (failed is not null)
            throw failed;
    }

    private async Task<IReadOnlyList<Finding>> EnsureAsync(TriggerKey key, EnvironmentObjects objects, CancellationToken ct)
    {
        var foreign = new List<Finding>();
        if (objects.Namespace is { } space && !await ApplyAsync(ResourceKinds.Namespace, space, ct))
            return [ForeignNamespace(key, space)];
        // One that an operator made, with a pull secret perhaps, does as well: no pod gets a token of it.
        await ApplyAsync(ResourceKinds.ServiceAccount, objects.Account, ct);
        if (objects.Isolation is { } isolation && !await ApplyAsync(ResourceKinds.NetworkPolicy, isolation, ct))
            foreign.Add(TargetFindings.Foreign(key, ResourceKinds.NetworkPolicy.Describe(isolation), "somebody else"));
        if (objects.Quota is { } quota && !await ApplyAsync(ResourceKinds.ResourceQuota, quota, ct))
            foreign.Add(TargetFindings.Foreign(key, ResourceKinds.ResourceQuota.Describe(quota), "somebody else"));
        return foreign;
    }

    /// <returns>False when an object of that name is not this repository's.</returns>
    private async Task<bool> ApplyAsync<T>(ResourceKind<T> kind, T desired, CancellationToken ct)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var owner = desired.Metadata.Labels.Where(label => label.Key is OwnershipLabels.ManagedBy or OwnershipLabels.Repository or OwnershipLabels.Environment).ToDictionary();
        var applied = await ServerSideApply.ApplyAsync(cluster, kind, desired, found => OwnershipLabels.Match(owner, found.Metadata.Labels), mayCorrect: true, ct);
        return applied.Outcome is not ApplyOutcome.Foreign;
    }

    private StageResult<bool> Missing(string space) => new StageResult<bool>.Held(
        $"The namespace {space} does not exist on {cluster.Name}. Make it with 'kubectl create namespace {space}', or let the engine do that with createNamespaces: true.",
        time.GetUtcNow() + TimeSpan.FromMinutes(1));

    private static Finding ForeignNamespace(TriggerKey key, V1Namespace space) => TargetFindings.Of(
        key,
        $"The namespace {space.Metadata.Name} is there already and was not made by this engine for this repository, so it is left alone.",
        $"If the repository may have it: kubectl label namespace {space.Metadata.Name} {string.Join(' ', OwnershipLabels.Of(key.Repository).Select(label => $"{label.Key}={label.Value}"))}");
}
