using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Deployment;

/// <summary>One environment on a cluster, and what is known of it.</summary>
internal sealed class KubernetesEnvironment
{
    private readonly RepositoryStore repositories;
    private readonly EnvironmentDefinition definition;

    public KubernetesEnvironment(EnvironmentDefinition definition, TargetSettings.Kubernetes settings, Cluster cluster, RepositoryStore repositories, TimeProvider time)
    {
        (this.definition, this.repositories, Cluster) = (definition, repositories, cluster);
        Namespaces = new NamespaceKeeper(definition.Name, settings, cluster, time);
        CronJobs = new CronJobKeeper(cluster, settings.Drift, Namespaces, Applied);
        Feed = new ClusterFeed(cluster, OwnershipLabels.Selector(definition.Name), () => [.. Repositories.Select(one => TargetNamespace.Of(definition, one)).Distinct()], time);
    }

    public EnvironmentName Name => definition.Name;

    public Cluster Cluster { get; }

    /// <summary>What happens there, once it runs.</summary>
    public ClusterFeed Feed { get; }

    public AppliedObjects Applied { get; } = new();

    public NamespaceKeeper Namespaces { get; }

    public CronJobKeeper CronJobs { get; }

    /// <summary>Also of those that left: what they had may still stand there.</summary>
    private IEnumerable<Repository> Repositories => repositories.Current.Select(one => one.Repository).Concat(repositories.Retired.Select(one => one.Repository));

    /// <returns>None when the repository was never connected.</returns>
    public string? SpaceOf(RepositoryId id) =>
        (repositories.Find(id)?.Repository ?? repositories.FindRetired(id)?.Repository) is { } repository ? TargetNamespace.Of(definition, repository) : null;
}
