using System.CommandLine;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli.Commands;

/// <summary>For commands about the manifests of a working tree.</summary>
internal static class PathArgument
{
    public static Argument<string> Create() => new("path") { Description = "A trigger.yaml, or a folder to look through. Default: here", DefaultValueFactory = _ => "." };

    public static Option<string> Environment(string description) => new("--environment", "-e") { HelpName = "NAME", Description = description, Required = true };

    /// <summary>The manifests that name the environment.</summary>
    /// <exception cref="CliException">None does.</exception>
    public static IReadOnlyList<TriggerManifest> In(LocalManifests local, EnvironmentName environment)
    {
        var found = local.Set.Manifests.Where(manifest => manifest.Environments.ContainsKey(environment)).ToList();
        return found.Count > 0
            ? found
            : throw CliException.Usage(
                $"No manifest here names the environment '{environment}'.",
                $"They name {string.Join(", ", local.Set.Manifests.SelectMany(manifest => manifest.Environments.Keys).Distinct().Order())}. Add '{environment}:' below environments:.");
    }
}
