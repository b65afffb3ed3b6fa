using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>The target of an environment, and of what stands where the environment was before.</summary>
internal sealed class Targets(EngineConfiguration configuration, ITarget local, KubernetesTargets kubernetes)
{
    /// <summary>Where the environment's releases go now.</summary>
    public ITarget For(EnvironmentDefinition environment) => environment.Target switch
    {
        TargetSettings.Local => local,
        TargetSettings.Kubernetes => kubernetes.For(environment.Name),
        var other => throw new InvalidOperationException($"No such target: {other.GetType().Name}"),
    };

    /// <summary>Where a release stands.</summary>
    /// <returns><c>Done</c>; or <c>Rejected</c> when the environment's target is another one now, and the way to this one is gone.</returns>
    public StageResult<ITarget> Of(DeploymentRecord standing)
    {
        if (standing.Place.Cluster is not { } access)
            return new StageResult<ITarget>.Done(local);
        var current = configuration.Environments.SingleOrDefault(one => one.Name == standing.Environment)?.Target as TargetSettings.Kubernetes;
        if (current?.Access.IsSameClusterAs(access) == true)
            return new StageResult<ITarget>.Done(kubernetes.For(standing.Environment));
        return Kubeconfig.Problem(access) is { } problem
            ? new StageResult<ITarget>.Rejected([OutOfReach(standing, problem)])
            : new StageResult<ITarget>.Done(kubernetes.Former(standing.Environment, access));
    }

    /// <summary>What keeps an engine with this configuration from starting: a kubeconfig that cannot be used. A cluster that does not answer does not.</summary>
    public static IReadOnlyList<Finding> Check(EngineConfiguration configuration, string file) =>
    [
        .. from environment in configuration.Environments
           let target = environment.Target as TargetSettings.Kubernetes
           where target is not null
           let problem = Kubeconfig.Problem(target.Access)
           where problem is not null
           select new Finding
           {
               File = file,
               Path = $"environments.{environment.Name}.target",
               Message = problem,
               Fix = "Mend the kubeconfig, or name another one.",
           },
    ];

    private static Finding OutOfReach(DeploymentRecord standing, string problem) => new()
    {
        File = "engine.yaml",
        Path = "environments",
        Message = $"{standing.Trigger} stands in {standing.Place}, which is out of this engine's reach: {problem}",
        Fix = $"Where that is another cluster than the environment's present one, it goes on until you delete it there: kubectl -n {standing.Place.Namespace} delete cronjob -l triggers.gitops/trigger={standing.Trigger}",
    };
}
