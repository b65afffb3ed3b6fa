using System.Collections.Concurrent;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>The targets on clusters: those of the environments, and those where something was left behind.</summary>
internal sealed class KubernetesTargets(KubernetesEnvironments environments, ClusterDirectory clusters, Inventory inventory, OnDemandRuns runs, ClusterLogs logs, TimeProvider time)
{
    private readonly IReadOnlyDictionary<EnvironmentName, KubernetesEnvironment> all = environments.All.ToDictionary(one => one.Name);
    private readonly ConcurrentDictionary<(EnvironmentName, ClusterAccess), CronJobKeeper> former = new();

    /// <summary>Where the environment's releases go.</summary>
    public ITarget For(EnvironmentName environment) => Target(all[environment].Cluster, null, all[environment].CronJobs);

    /// <summary>A namespace of the environment's cluster, in which something of it stands.</summary>
    public ITarget In(EnvironmentName environment, string space) => Target(all[environment].Cluster, space, all[environment].CronJobs);

    /// <summary>Where an environment was before its target changed, or before it left <c>engine.yaml</c>. What stands there is kept as it is, or taken down.</summary>
    public ITarget Former(EnvironmentName environment, ClusterAccess access, string space) => Target(clusters.Of(access), space, former.GetOrAdd((environment, access), _ =>
    {
        var settings = new TargetSettings.Kubernetes { Access = access, Namespace = "", Isolate = false };
        return new CronJobKeeper(clusters.Of(access), settings.Drift, new NamespaceKeeper(environment, settings, clusters.Of(access), time), new AppliedObjects());
    }));

    private KubernetesTarget Target(Cluster cluster, string? space, CronJobKeeper cronJobs) => new(cluster, space, cronJobs, inventory, runs, logs);
}
