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
    /// <inheritdoc cref="Of(TriggerKey,Place)" path="/returns"/>
    public StageResult<ITarget> Of(DeploymentRecord standing) => Of(standing.Key, standing.Place);

    /// <returns>
    /// Bound to that place. <c>Rejected</c> when the environment's target is another one now, and the operator has taken the way to this one away;
    /// <c>Retry</c> when it cannot be used at present, as a kubeconfig that is just being written.
    /// </returns>
    public StageResult<ITarget> Of(TriggerKey key, Place place)
    {
        if (place.Cluster is not { } access)
            return new StageResult<ITarget>.Done(local);
        var current = configuration.Environments.SingleOrDefault(one => one.Name == key.Environment)?.Target as TargetSettings.Kubernetes;
        if (current?.Access.IsSameClusterAs(access) == true)
            return new StageResult<ITarget>.Done(kubernetes.In(key.Environment, place.Namespace!));
        if (Kubeconfig.Problem(access) is not { } problem)
            return new StageResult<ITarget>.Done(kubernetes.Former(key.Environment, access, place.Namespace!));
        return Kubeconfig.IsGone(access)
            ? new StageResult<ITarget>.Rejected([OutOfReach(key, place, problem)])
            : new StageResult<ITarget>.Retry(null, $"{key.Trigger} may still stand in {place}, which cannot be reached: {problem} Take the kubeconfig away to give that place up.");
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

    private static Finding OutOfReach(TriggerKey key, Place place, string problem) => new()
    {
        File = "engine.yaml",
        Path = "environments",
        Message = $"{key.Trigger} may still stand in {place}, which is out of this engine's reach: {problem}",
        Fix = $"Where that is another cluster than the environment's present one, it goes on until you delete it there: kubectl -n {place.Namespace} delete cronjob -l triggers.gitops/trigger={key.Trigger}",
    };
}
