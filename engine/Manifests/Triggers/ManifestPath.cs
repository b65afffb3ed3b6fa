using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Paths as a manifest writes them, made paths of the repository: with <c>/</c>, without a leading one; the root is the empty text.</summary>
internal static class ManifestPath
{
    public static string Folder(string file) => file.LastIndexOf('/') is var slash and >= 0 ? file[..slash] : "";

    /// <param name="folder">The folder that the path is relative to.</param>
    /// <param name="path">As written in the manifest.</param>
    /// <returns>The path from the repository's root, or why there is none.</returns>
    public static (string? Path, string? WhyNot) Resolve(string folder, string path)
    {
        var shown = Shown.Text(path);
        if (path.Any(char.IsControl))
            return (null, $"'{shown}' holds control characters.");
        if (path.Contains('\\'))
            return (null, $"'{shown}' has a backslash; paths are written with /.");
        if (path.StartsWith('/'))
            return (null, $"'{shown}' is absolute.");

        var parts = folder.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else
                return (null, $"'{shown}' leads out of the repository.");
        }

        return (string.Join('/', parts), null);
    }
}
