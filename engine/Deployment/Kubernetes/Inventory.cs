using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>What this engine has put on a cluster, by its own records: what is not in them is never touched.</summary>
internal sealed class Inventory(DeploymentStore deployments)
{
    /// <returns>The CronJob of a trigger as it was released last; none when it is not deployed.</returns>
    public async Task<V1CronJob?> CurrentAsync(TriggerKey key, CancellationToken ct) =>
        await deployments.NewestAsync(key, ct) is { Pruned: false } current ? RenderedYaml.Read(await deployments.RenderedAsync(current, ct)) : null;

    /// <returns>The namespace of a trigger and its runs, also after it was taken down; none when it was never on a cluster.</returns>
    public async Task<string?> NamespaceAsync(TriggerKey key, CancellationToken ct) => (await deployments.NewestAsync(key, ct))?.Place.Namespace;
}
