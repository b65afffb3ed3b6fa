using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>Finds the environment that something is shown for.</summary>
internal sealed class PreviewEnvironment(Shell shell)
{
    /// <summary>By the engine's configuration where it is at hand; else as if it were on this machine, and says so.</summary>
    /// <exception cref="CliException">The engine has no such environment, or the name is none.</exception>
    public EnvironmentDefinition Find(string name, string? configOption)
    {
        if (!EnvironmentName.TryParse(name, out var wanted))
            throw CliException.Usage($"'{Shown.Text(name)}' is not an environment name.", "Use lower-case letters, digits and dashes.");
        if (new ConfigFile(shell).Definitions(configOption) is { } definitions)
        {
            return definitions.FirstOrDefault(definition => definition.Name == wanted)
                ?? throw CliException.Usage($"The engine has no environment '{wanted}'.", $"It has {string.Join(", ", definitions.Select(definition => definition.Name))}.");
        }
        shell.Terminal.Note($"No engine.yaml is at hand: '{wanted}' is taken for an environment on one machine. Name the file with --config.");
        return new EnvironmentDefinition { Name = wanted, Branch = BranchName.Parse("main"), Target = new TargetSettings.Local() };
    }
}
