using GitOps.Triggers.Domain;

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
}
