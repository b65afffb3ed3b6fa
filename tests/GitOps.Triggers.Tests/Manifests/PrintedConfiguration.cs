using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>A configuration as lines that people can review.</summary>
internal static class PrintedConfiguration
{
    public static IEnumerable<string> Lines(EngineConfiguration configuration) =>
    [
        $"data {configuration.DataFolder}",
        $"reached at {configuration.Url}, listens at {configuration.Listen}{(configuration.MetricsListen is { } metrics ? $", for metrics at {metrics}" : "")}",
        .. configuration.Environments.SelectMany(Environment),
        Registry(configuration.Registry),
        $"builder {configuration.Builder.Kind} {configuration.Builder.KanikoImage}",
        .. configuration.Builder.Cluster is { } cluster ? [$"  {cluster}"] : Array.Empty<string>(),
        .. configuration.AllowCloudMetadata ? ["cloud metadata may be asked"] : Array.Empty<string>(),
        .. configuration.WebhookSecretFiles.Select(file => $"webhook secret {file}"),
        .. configuration.GitHub is { } github ? [string.Create(CultureInfo.InvariantCulture, $"GitHub App {github.AppId}, key {github.PrivateKeyFile}, at {github.Api}")] : Array.Empty<string>(),
        .. configuration.Repositories.Select(repository => $"repository {repository.Name} at {repository.Url}, token {repository.TokenFile ?? "none"}, key {repository.SshKeyFile ?? "none"}"),
        $"resync {Duration.Format(configuration.Resync)}",
        .. Limits(configuration.Limits).Except(Limits(new Limits())),
    ];

    private static string Registry(RegistrySettings? registry) => registry is null
        ? "registry none"
        : $"registry {registry.Prefix}{(registry.CredentialsFile is { } file ? $", credentials {file}" : "")}{(registry.PlainHttp ? ", by http" : "")}";

    private static IEnumerable<string> Environment(EnvironmentDefinition environment) =>
    [
        $"environment {environment.Name} from branch {environment.Branch}{(environment.PromotesFrom is { } upstream ? $", promotes from {upstream}" : "")}, {environment.Target}",
        string.Create(CultureInfo.InvariantCulture, $"  after {environment.Gates.SuccessfulRuns} runs and {Duration.Format(environment.Gates.Bake)}, untested: {environment.Untested}"),
        .. environment.Gates.Freeze.Select(window => $"  freeze at {window.Opens} for {Duration.Format(window.Duration)}"),
    ];

    /// <summary>One line each; those that stand as they are without a word in the file are not printed.</summary>
    private static IEnumerable<string> Limits(Limits limits) => limits.ToString().TrimEnd(' ', '}').Split('{')[1].Split(',').Select(limit => $"limit {limit.Trim()}");
}
