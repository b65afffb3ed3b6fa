using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>Which target an environment runs on.</summary>
internal sealed class Targets(EngineConfiguration configuration, ITarget local, KubernetesTargets kubernetes)
{
    public ITarget For(EnvironmentName environment) => configuration.Environments.Single(one => one.Name == environment).Target switch
    {
        TargetSettings.Local => local,
        TargetSettings.Kubernetes => kubernetes.For(environment),
        var other => throw new InvalidOperationException($"No such target: {other.GetType().Name}"),
    };

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
