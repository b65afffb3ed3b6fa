using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>Deletes a CronJob and leaves its Jobs to end.</summary>
internal static class OrphaningDelete
{
    private const int KeptSeconds = 60 * 60;

    /// <summary>This very object: one of the same name that was made since is left alone.</summary>
    public static Task<V1Status> CronJobAsync(Kubernetes client, V1CronJob found, CancellationToken ct) => client.BatchV1.DeleteNamespacedCronJobAsync(
        found.Metadata.Name,
        found.Metadata.NamespaceProperty,
        new V1DeleteOptions { PropagationPolicy = "Orphan", Preconditions = new V1Preconditions { Uid = found.Metadata.Uid } },
        cancellationToken: ct);

    /// <summary>Has the cluster remove the Jobs that no history limit removes any more.</summary>
    public static async Task ExpireJobsAsync(Cluster cluster, string space, TriggerKey key, CancellationToken ct)
    {
        var selector = string.Join(',', OwnershipLabels.Of(key).Select(label => $"{label.Key}={label.Value}"));
        var jobs = await cluster.CallAsync($"list the Jobs in {space}", client => client.BatchV1.ListNamespacedJobAsync(space, labelSelector: selector, cancellationToken: ct), ct);
        foreach (var job in jobs.Items.Where(job => job.Spec.TtlSecondsAfterFinished is null))
        {
            var patch = new V1Patch(new { spec = new { ttlSecondsAfterFinished = KeptSeconds } }, V1Patch.PatchType.MergePatch);
            await cluster.FindAsync(
                $"let the Job {job.Metadata.Name} in {space} expire",
                client => client.BatchV1.PatchNamespacedJobAsync(patch, job.Metadata.Name, space, fieldManager: ApplyOptions.FieldManager, cancellationToken: ct),
                ct);
        }
    }
}
