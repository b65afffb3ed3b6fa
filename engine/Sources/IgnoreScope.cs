namespace GitOps.Triggers.Sources;

/// <summary>The patterns as they stand inside one folder: which of them already match the folder or one above it.</summary>
internal sealed class IgnoreScope(IReadOnlyList<DockerIgnorePattern> patterns, bool[] matchedAbove)
{
    /// <param name="path">Of something directly in this folder, relative to the context.</param>
    public bool Excludes(string path)
    {
        for (var i = patterns.Count - 1; i >= 0; i--)
        {
            if (matchedAbove[i] || patterns[i].Glob.IsMatch(path))
                return !patterns[i].IsException;
        }
        return false;
    }

    public IgnoreScope Enter(string folder)
    {
        if (patterns.Count == 0)
            return this;
        var matched = new bool[patterns.Count];
        for (var i = 0; i < matched.Length; i++)
            matched[i] = matchedAbove[i] || patterns[i].Glob.IsMatch(folder);
        return new IgnoreScope(patterns, matched);
    }
}
