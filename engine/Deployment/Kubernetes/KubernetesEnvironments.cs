using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Deployment;

/// <summary>The environments that run on clusters.</summary>
internal sealed class KubernetesEnvironments(EngineConfiguration configuration, ClusterDirectory clusters, RepositoryStore repositories, TimeProvider time)
{
    public IReadOnlyList<KubernetesEnvironment> All { get; } =
    [
        .. from definition in configuration.Environments
           let settings = definition.Target as TargetSettings.Kubernetes
           where settings is not null
           select new KubernetesEnvironment(definition, settings, clusters.Of(settings.Access), repositories, time),
    ];
}
