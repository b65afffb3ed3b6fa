using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>Which target an environment runs on.</summary>
internal sealed class Targets(EngineConfiguration configuration, ITarget local)
{
    /// <exception cref="NotSupportedException">The configuration was not checked with <see cref="Check"/>.</exception>
    public ITarget For(EnvironmentName environment) => configuration.Environments.Single(one => one.Name == environment).Target switch
    {
        TargetSettings.Local => local,
        var other => throw new NotSupportedException($"Environment {environment} has a target that this version does not run: {other.GetType().Name}."),
    };

    /// <summary>What keeps an engine with this configuration from starting.</summary>
    public static IReadOnlyList<Finding> Check(EngineConfiguration configuration, string file) =>
    [
        .. configuration.Environments.Where(environment => environment.Target is not TargetSettings.Local).Select(environment => new Finding
        {
            File = file,
            Path = "environments",
            Message = $"Environment '{environment.Name}' has a target of kind kubernetes, which this version does not run yet.",
            Fix = "Use target: { kind: local }.",
        }),
    ];
}
