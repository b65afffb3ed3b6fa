using System.Collections.Concurrent;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Clusters;

/// <summary>The clusters that this engine uses, one connection each.</summary>
internal sealed class ClusterDirectory(TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<ClusterAccess, Cluster> clusters = new();

    public Cluster Of(ClusterAccess access) => clusters.GetOrAdd(access, one => new Cluster(one, time));

    public void Dispose()
    {
        foreach (var cluster in clusters.Values)
            cluster.Dispose();
    }
}
