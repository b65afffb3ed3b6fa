using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>The targets of the environments that run on clusters.</summary>
internal sealed class KubernetesTargets(KubernetesEnvironments environments, Inventory inventory, OnDemandRuns runs, ClusterLogs logs)
{
    private readonly IReadOnlyDictionary<EnvironmentName, ITarget> all = environments.All.ToDictionary(
        one => one.Definition.Name,
        ITarget (one) => new KubernetesTarget(one, inventory, runs, logs));

    public ITarget For(EnvironmentName environment) => all[environment];
}
