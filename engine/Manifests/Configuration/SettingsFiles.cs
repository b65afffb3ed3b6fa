namespace GitOps.Triggers.Manifests;

/// <summary>Resolves the files that a configuration names, and looks into those that hold secrets.</summary>
internal sealed class SettingsFiles(string folder, Func<string, string?> readText, Report report)
{
    /// <returns>The absolute path of what is written at the node.</returns>
    public string? Path(Node? node)
    {
        if (Values.Text(node) is not { Length: > 0 } text)
            return null;
        if (text.Any(char.IsControl))
            report.Refuse(node!, "The path holds control characters.", "Write the path in one line.");
        else if (text.StartsWith('~') || text.Contains("$", StringComparison.Ordinal))
            report.Refuse(node!, "The path has a ~ or $, which only a shell replaces.", "Write it out, absolute or relative to this file's folder.");
        else
            return Path(text);
        return null;
    }

    public string Path(string relative) => System.IO.Path.GetFullPath(relative, folder);

    /// <summary>As <see cref="Path(Node?)"/>, of a file that must be there and hold something. What it holds goes no further.</summary>
    public string? Secret(Node? node)
    {
        if (Path(node) is not { } path)
            return null;
        var content = readText(path);
        if (content is null)
            report.Refuse(node!, "The file cannot be read, or is not there.", "Create it, readable for the engine's user only, or correct the path.");
        else if (string.IsNullOrWhiteSpace(content))
            report.Refuse(node!, "The file is empty.", "Write the secret into it, such as the output of: openssl rand -hex 32.");
        return path;
    }
}
