using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>Which target an environment runs on.</summary>
internal sealed class Targets(EngineConfiguration configuration, ITarget local, KubernetesTargets kubernetes)
{
    public ITarget For(EnvironmentDefinition environment) => environment.Target switch
    {
        TargetSettings.Local => local,
        TargetSettings.Kubernetes => kubernetes.For(environment.Name),
        var other => throw new InvalidOperationException($"No such target: {other.GetType().Name}"),
    };

    /// <returns><c>Done</c>; or <c>Rejected</c> when the environment is not, or no longer, one of this engine's.</returns>
    public StageResult<ITarget> Find(EnvironmentName name) => configuration.Environments.SingleOrDefault(one => one.Name == name) is { } environment
        ? new StageResult<ITarget>.Done(For(environment))
        : new StageResult<ITarget>.Rejected(
        [
            new Finding
            {
                File = "engine.yaml",
                Path = "environments",
                Message = $"The environment '{name}' is not in engine.yaml, so nothing says where it runs.",
                Fix = "Put it back under environments: and start the engine again.",
            },
        ]);

    /// <summary>
    /// Where something of the environment may stand: on its target; on this machine, when it left <c>engine.yaml</c> and nothing says any more where it
    /// ran. What then stands on a cluster is out of reach, since the way there left with it.
    /// </summary>
    public IReadOnlyList<ITarget> MayHold(EnvironmentName name) => Find(name) is StageResult<ITarget>.Done(var target) ? [target] : [local];

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
}
