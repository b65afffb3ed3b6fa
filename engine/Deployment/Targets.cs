using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>Which target an environment runs on.</summary>
internal sealed class Targets(EngineConfiguration configuration, ITarget local)
{
    /// <exception cref="NotSupportedException">The configuration was not checked with <see cref="Check"/>.</exception>
    public ITarget For(EnvironmentDefinition environment) => environment.Target switch
    {
        TargetSettings.Local => local,
        var other => throw new NotSupportedException($"Environment {environment.Name} has a target that this version does not run: {other.GetType().Name}."),
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

    /// <summary>Where something of the environment may stand: on its target; on any, when it left <c>engine.yaml</c> and nothing says any more which that was.</summary>
    public IReadOnlyList<ITarget> MayHold(EnvironmentName name) => Find(name) is StageResult<ITarget>.Done(var target) ? [target] : [local];

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
