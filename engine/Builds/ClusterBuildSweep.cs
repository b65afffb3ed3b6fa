using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// Deletes the Jobs of builds that nobody in this engine works on: superseded while it was down, or while the cluster did not answer. A build that is still
/// wanted is taken up by its pass long before.
/// </summary>
internal sealed class ClusterBuildSweep(EngineConfiguration configuration, ClusterDirectory clusters, BuildContexts contexts, TimeProvider time)
{
    /// <summary>More than the pause that a failed pass makes at first, and than what the passes after a start take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, DateTimeOffset> idleSince = new(StringComparer.Ordinal);

    /// <returns>The names of the Jobs that were deleted.</returns>
    /// <exception cref="ClusterException">The cluster could not be asked.</exception>
    public async Task<IReadOnlyList<string>> SweepAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        contexts.Sweep(now);
        if (configuration.Builder.Cluster is not { } settings)
            return [];
        var jobs = new ClusterBuildJobs(clusters.Of(settings.Access), settings.Namespace);
        var deleted = new List<string>();
        foreach (var job in await jobs.AllAsync(settings.EngineUrl, ct).ConfigureAwait(false))
        {
            if (contexts.IsOffered(job.Metadata.Name))
            {
                idleSince.Remove(job.Metadata.Uid);
                continue;
            }
            if (idleSince.TryAdd(job.Metadata.Uid, now) || now - idleSince[job.Metadata.Uid] < Patience)
                continue;
            await jobs.DeleteAsync(job, ct).ConfigureAwait(false);
            idleSince.Remove(job.Metadata.Uid);
            contexts.Forget(job.Metadata.Name);
            deleted.Add(job.Metadata.Name);
        }
        return deleted;
    }
}
