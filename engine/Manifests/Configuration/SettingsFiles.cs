using GitOps.Triggers.Domain;

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
    /// <param name="node">Where the path is written.</param>
    /// <param name="content">What the file should hold, in words.</param>
    public string? Secret(Node? node, string content)
    {
        if (Path(node) is not { } path)
            return null;
        var found = readText(path);
        if (found is null)
            report.Refuse(node!, $"{Named(node, path)} cannot be read, or is not there.", $"Create it with {content}, readable for the engine's user only, or correct the path.");
        else if (string.IsNullOrWhiteSpace(found))
            report.Refuse(node!, $"{Named(node, path)} is empty.", $"Write {content} into it.");
        return path;
    }

    /// <summary>Somebody may write the secret itself where its file belongs: what does not look like a path is not repeated.</summary>
    private static string Named(Node? node, string path) =>
        Values.Text(node) is ['/', ..] or ['.', '/', ..] or ['.', '.', '/', ..] ? $"The file {Shown.Text(path)}" : "The file";
}
