using GitOps.Triggers.Clusters;
using GitOps.Triggers.Containers;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Builds;

/// <summary>The calls of builds to their cluster. Each may be repeated.</summary>
/// <param name="cluster">Where.</param>
/// <param name="space">The builds' namespace.</param>
internal sealed class ClusterBuildJobs(Cluster cluster, string space)
{
    private const string JobName = "batch.kubernetes.io/job-name";

    public Cluster Cluster => cluster;

    /// <returns>None when there is none.</returns>
    /// <exception cref="ClusterException">A call failed.</exception>
    public Task<V1Job?> FindAsync(string name, CancellationToken ct) => cluster.FindAsync(
        $"read the Job {name} in {space}", client => client.BatchV1.ReadNamespacedJobAsync(name, space, cancellationToken: ct), ct);

    /// <returns>The Job as it stands, and whether it is new: an earlier engine, or a request whose answer was lost, may have made it.</returns>
    /// <exception cref="ClusterException">A call failed, or another's Job has the name.</exception>
    public async Task<(V1Job Job, bool IsNew)> FindOrCreateAsync(V1Job job, CancellationToken ct)
    {
        var name = job.Metadata.Name;
        if (await FindAsync(name, ct).ConfigureAwait(false) is { } found)
            return (Checked(found, job), false);
        try
        {
            var made = await cluster.CallAsync(
                $"create the Job {name} in {space}", client => client.BatchV1.CreateNamespacedJobAsync(job, space, fieldManager: ApplyOptions.FieldManager, cancellationToken: ct), ct).ConfigureAwait(false);
            return (made, true);
        }
        catch (ClusterException exists) when (exists.Kind == ClusterFailureKind.Conflict)
        {
            // An answer was lost and the request sent again, or another made it meanwhile.
            if (await FindAsync(name, ct).ConfigureAwait(false) is not { } made)
                throw;
            return (Checked(made, job), false);
        }
    }

    /// <summary>Makes the Secret that the Job's pod waits for, owned by the Job. One that is there already is left.</summary>
    /// <exception cref="ClusterException">The call failed.</exception>
    public async Task GiveTokenAsync(V1Job job, string token, CancellationToken ct)
    {
        var secret = new V1Secret
        {
            Metadata = new V1ObjectMeta
            {
                Name = ContextContainer.SecretOf(job),
                Labels = new SortedDictionary<string, string>(StringComparer.Ordinal) { [ClusterBuildJob.ManagedBy] = ClusterBuildJob.Engine },
                OwnerReferences = [new V1OwnerReference { ApiVersion = $"{V1Job.KubeGroup}/{V1Job.KubeApiVersion}", Kind = V1Job.KubeKind, Name = job.Metadata.Name, Uid = job.Metadata.Uid }],
            },
            Type = "Opaque",
            StringData = new SortedDictionary<string, string>(StringComparer.Ordinal) { [ContextContainer.TokenKey] = token },
        };
        try
        {
            await cluster.CallAsync(
                $"create the Secret {secret.Metadata.Name} in {space}", client => client.CoreV1.CreateNamespacedSecretAsync(secret, space, fieldManager: ApplyOptions.FieldManager, cancellationToken: ct), ct).ConfigureAwait(false);
        }
        catch (ClusterException exists) when (exists.Kind == ClusterFailureKind.Conflict)
        {
            // The name is this Job's alone, and what it holds was made by NewToken as well.
        }
    }

    /// <returns>The Job's newest pod; none when there is none.</returns>
    /// <exception cref="ClusterException">The call failed.</exception>
    public async Task<V1Pod?> PodAsync(V1Job job, CancellationToken ct)
    {
        var pods = await cluster.CallAsync(
            $"list the Pods of {job.Metadata.Name} in {space}", client => client.CoreV1.ListNamespacedPodAsync(space, labelSelector: $"{JobName}={job.Metadata.Name}", cancellationToken: ct), ct).ConfigureAwait(false);
        // Those of an older Job of the name may still be ending.
        return pods.Items.Where(pod => pod.Metadata.OwnerReferences?.Any(owner => owner.Uid == job.Metadata.Uid) == true).MaxBy(pod => pod.Metadata.CreationTimestamp);
    }

    /// <exception cref="ClusterException">The call failed.</exception>
    public async Task<IReadOnlyList<V1Job>> AllAsync(Uri engine, CancellationToken ct)
    {
        var jobs = await cluster.CallAsync(
            $"list the Jobs in {space}", client => client.BatchV1.ListNamespacedJobAsync(space, labelSelector: ClusterBuildJob.SelectorOf(engine), cancellationToken: ct), ct).ConfigureAwait(false);
        return [.. jobs.Items];
    }

    /// <summary>Deletes this very Job with its pod and its Secret; gone already is as good.</summary>
    /// <exception cref="ClusterException">The call failed.</exception>
    public async Task DeleteAsync(V1Job job, CancellationToken ct)
    {
        // Said, since a Job's own default leaves its pod behind, running.
        var options = new V1DeleteOptions { PropagationPolicy = "Background", Preconditions = new V1Preconditions { Uid = job.Metadata.Uid } };
        try
        {
            await cluster.FindAsync(
                $"delete the Job {job.Metadata.Name} in {space}", client => client.BatchV1.DeleteNamespacedJobAsync(job.Metadata.Name, space, options, cancellationToken: ct), ct).ConfigureAwait(false);
        }
        catch (ClusterException other) when (other.Kind == ClusterFailureKind.Conflict)
        {
            // One of the same name that was made since.
        }
    }

    private V1Job Checked(V1Job found, V1Job wanted)
    {
        if (found.Metadata.Labels?.TryGetValue(ContainerOwner.Label, out var owner) != true || owner != wanted.Metadata.Labels[ContainerOwner.Label])
            throw new ClusterException(ClusterFailureKind.Other, $"The Job {found.Metadata.Name} in {space} was not made by this engine. Delete it, and give each engine a namespace of its own for its builds.");
        if (found.Metadata.DeletionTimestamp is not null)
            throw new ClusterException(ClusterFailureKind.Other, $"The Job {found.Metadata.Name} in {space} is being deleted; the build is tried again when it is gone.");
        return found;
    }
}
