namespace GitOps.Triggers.Domain;

/// <summary>
/// Where in a file a line of some text stands. Looked up, not looked for: a file can ask for thousands of lines that are nowhere, and each would be compared
/// with all the rest of it.
/// </summary>
internal sealed class LinesByText(IReadOnlyList<string> lines)
{
    private readonly Lazy<Dictionary<string, List<int>>> whole = new(() => Index(lines, line => line));
    private readonly Lazy<Dictionary<string, List<int>>> withoutTabs = new(() => Index(lines, line => line.TrimStart('\t')));

    /// <returns>The number of the first such line after <paramref name="line"/>, from 0; none: -1.</returns>
    public int After(int line, string text, bool tabsBefore)
    {
        if (!(tabsBefore ? withoutTabs : whole).Value.TryGetValue(text, out var found))
            return -1;
        var next = found.BinarySearch(line + 1);
        next = next < 0 ? ~next : next;
        return next < found.Count ? found[next] : -1;
    }

    private static Dictionary<string, List<int>> Index(IReadOnlyList<string> lines, Func<string, string> form)
    {
        var index = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i++)
        {
            var text = form(lines[i]).TrimEnd('\r');
            if (!index.TryGetValue(text, out var found))
                index[text] = found = [];
            found.Add(i);
        }
        return index;
    }
}
