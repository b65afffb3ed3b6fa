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
        await NewestAsync(key, ct) is { Pruned: false } current ? RenderedYaml.Read(current.Rendered) : null;

    /// <returns>Where a trigger's runs are, also after it was taken down.</returns>
    public async Task<string?> NamespaceAsync(TriggerKey key, CancellationToken ct) =>
        await NewestAsync(key, ct) is { } newest ? RenderedYaml.Read(newest.Rendered).Metadata.NamespaceProperty : null;

    /// <returns>Each place where a CronJob of the trigger has ever been: the operator may have changed the namespaces.</returns>
    public async Task<IReadOnlyList<V1CronJob>> EverAsync(TriggerKey key, CancellationToken ct)
    {
        var history = await deployments.ListAsync(key.Repository, key.Environment, key.Trigger, int.MaxValue, ct);
        return [.. history
            .Select(row => RenderedYaml.Read(row.Rendered))
            .DistinctBy(job => (job.Metadata.NamespaceProperty, job.Metadata.Name))];
    }

    private async Task<DeploymentRecord?> NewestAsync(TriggerKey key, CancellationToken ct) =>
        (await deployments.ListAsync(key.Repository, key.Environment, key.Trigger, 1, ct)) is [var newest] ? newest : null;
}
