using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>One environment on a cluster, and what is known of it.</summary>
internal sealed class KubernetesEnvironment
{
    public KubernetesEnvironment(EnvironmentDefinition definition, TargetSettings.Kubernetes settings, Cluster cluster, TimeProvider time)
    {
        (Definition, Cluster) = (definition, cluster);
        Namespaces = new NamespaceKeeper(definition.Name, settings, cluster, time);
        CronJobs = new CronJobKeeper(cluster, settings.Drift, Namespaces, Applied);
    }

    public EnvironmentDefinition Definition { get; }

    public EnvironmentName Name => Definition.Name;

    public Cluster Cluster { get; }

    public AppliedObjects Applied { get; } = new();

    public NamespaceKeeper Namespaces { get; }

    public CronJobKeeper CronJobs { get; }
}
