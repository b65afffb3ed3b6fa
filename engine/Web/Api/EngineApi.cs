using System.Reflection;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Web;

internal static class EngineApi
{
    public static void MapEngine(this IEndpointRouteBuilder api) => api.MapGet("engine", Info);

    private static EngineInfo Info(EngineConfiguration configuration, BuilderChoice builder) => new()
    {
        Version = typeof(EngineApi).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
        Url = configuration.Url.ToString().TrimEnd('/'),
        Environments = [.. configuration.Environments.Select(environment => new EnvironmentInfo(
            environment.Name.Value,
            environment.Branch.Value,
            environment.PromotesFrom?.Value,
            environment.Target is TargetSettings.Local ? "local" : "kubernetes"))],
        Builder = builder.Known is { } chosen ? $"{chosen.Title}: {chosen.Reason}" : $"{configuration.Builder.Kind.ToString().ToLowerInvariant()}, chosen at the first build",
    };
}
