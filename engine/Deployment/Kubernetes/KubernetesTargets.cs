using System.Collections.Concurrent;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>The targets on clusters: those of the environments, and those where something was left behind.</summary>
internal sealed class KubernetesTargets(KubernetesEnvironments environments, ClusterDirectory clusters, Inventory inventory, OnDemandRuns runs, ClusterLogs logs, TimeProvider time)
{
    private readonly IReadOnlyDictionary<EnvironmentName, ITarget> all = environments.All.ToDictionary(
        one => one.Name,
        ITarget (one) => new KubernetesTarget(one.Cluster, one.CronJobs, inventory, runs, logs));

    private readonly ConcurrentDictionary<(EnvironmentName, ClusterAccess), ITarget> former = new();

    public ITarget For(EnvironmentName environment) => all[environment];

    /// <summary>Where an environment was before its target changed, or before it left <c>engine.yaml</c>. Nothing is applied there but a suspension.</summary>
    public ITarget Former(EnvironmentName environment, ClusterAccess access) => former.GetOrAdd((environment, access), _ =>
    {
        var cluster = clusters.Of(access);
        var settings = new TargetSettings.Kubernetes { Access = access, Namespace = "", Isolate = false };
        return new KubernetesTarget(cluster, new CronJobKeeper(cluster, settings.Drift, new NamespaceKeeper(environment, settings, cluster, time), new AppliedObjects()), inventory, runs, logs);
    });
}
