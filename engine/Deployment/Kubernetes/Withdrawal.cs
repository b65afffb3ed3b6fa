using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>Deletes what the engine made in a namespace and engine.yaml does not ask for any more: a quota, the isolation of the runs. Never somebody else's.</summary>
internal static class Withdrawal
{
    /// <exception cref="ClusterException">A call failed.</exception>
    public static async Task RunAsync(Cluster cluster, WorkKey key, TargetSettings.Kubernetes settings, string space, CancellationToken ct)
    {
        var all = EnvironmentObjects.Of(key.Environment, settings with { Isolate = true, Quota = settings.Quota ?? new NamespaceQuota(null, null, null) }, key.Repository, space);
        if (!settings.Isolate && await FindAsync(cluster, ResourceKinds.NetworkPolicy, all.Isolation!, ct) is { } isolation)
        {
            await cluster.FindAsync(
                $"delete {ResourceKinds.NetworkPolicy.Describe(isolation)}",
                client => client.NetworkingV1.DeleteNamespacedNetworkPolicyAsync(isolation.Metadata.Name, space, ThisOne(isolation), cancellationToken: ct),
                ct);
        }
        if (settings.Quota is null && await FindAsync(cluster, ResourceKinds.ResourceQuota, all.Quota!, ct) is { } quota)
        {
            await cluster.FindAsync(
                $"delete {ResourceKinds.ResourceQuota.Describe(quota)}",
                client => client.CoreV1.DeleteNamespacedResourceQuotaAsync(quota.Metadata.Name, space, ThisOne(quota), cancellationToken: ct),
                ct);
        }
    }

    /// <returns>None when there is none that is the engine's own. Who may not even look has never made one.</returns>
    private static async Task<T?> FindAsync<T>(Cluster cluster, ResourceKind<T> kind, T unwanted, CancellationToken ct)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            var found = await cluster.FindAsync($"read {kind.Describe(unwanted)}", client => kind.Read(client, unwanted, ct), ct);
            return found is not null && OwnershipLabels.Match(unwanted.Metadata.Labels, found.Metadata.Labels) ? found : null;
        }
        catch (ClusterException refused) when (refused.Kind == ClusterFailureKind.Forbidden)
        {
            return null;
        }
    }

    private static V1DeleteOptions ThisOne(IKubernetesObject<V1ObjectMeta> found) => new() { Preconditions = new V1Preconditions { Uid = found.Metadata.Uid } };
}
