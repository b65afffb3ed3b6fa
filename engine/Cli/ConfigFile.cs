using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;

namespace GitOps.Triggers.Cli;

/// <summary>Finds <c>engine.yaml</c>.</summary>
internal sealed class ConfigFile(Shell shell)
{
    public const string Variable = "GITOPS_TRIGGERS_CONFIG";

    private const string DefaultName = "engine.yaml";

    /// <summary>Absolute.</summary>
    public string Path(string? option) => shell.FullPath(option ?? (shell.Variable(Variable) is { Length: > 0 } path ? path : DefaultName));

    /// <returns>Absolute, and there is such a file.</returns>
    /// <exception cref="CliException">There is none.</exception>
    public string Find(string? option)
    {
        var path = Path(option);
        return File.Exists(path)
            ? path
            : throw CliException.Environment(
                $"There is no engine configuration {Shown.Text(path, 400)}.",
                $"Name it with --config or ${Variable}, or go to the folder of engine.yaml.");
    }

    /// <summary>Reads it for its addresses, folders and environments. Secrets are the engine's: whether they can be read from here does not matter.</summary>
    /// <exception cref="CliException">There is none, or it is not valid.</exception>
    public EngineConfiguration Read(string? option)
    {
        var path = Find(option);
        var reading = EngineConfigurationReader.Read(path, File.ReadAllBytes(path), _ => "present");
        return reading.Configuration
            ?? throw CliException.Environment(
                $"{Shown.Text(path, 400)} is not valid: {reading.Findings.First(finding => finding.Severity == Severity.Error).Message}",
                $"See all of it: gitops-triggers lint --engine-config {Shown.Text(path, 400)}");
    }

    /// <summary>The engine's environments for a command that needs no engine: none where no configuration is at hand.</summary>
    /// <exception cref="CliException">The one that is named is not there, or not valid.</exception>
    public IReadOnlyCollection<EnvironmentName>? Environments(string? option) => Definitions(option)?.Select(environment => environment.Name).ToList();

    /// <inheritdoc cref="Environments"/>
    public IReadOnlyList<EnvironmentDefinition>? Definitions(string? option) => option is not null || File.Exists(Path(option)) ? Read(option).Environments : null;
}
