using System.Text.RegularExpressions;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Architecture;

/// <summary>The table of ARCHITECTURE.md: which folder may use which.</summary>
internal static partial class DependencyTable
{
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Read()
    {
        var rows = File.ReadLines(Source.File("ARCHITECTURE.md"))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 5 && FolderName().IsMatch(cells[1]))
            .Select(cells => (Folder: FolderName().Match(cells[1]).Groups[1].Value, Uses: cells[3]))
            .ToList();
        var all = rows.Select(row => row.Folder).ToHashSet(StringComparer.Ordinal);
        return rows.ToDictionary(row => row.Folder, row => Uses(row.Uses, all));
    }

    private static IReadOnlySet<string> Uses(string cell, HashSet<string> all)
    {
        if (cell == "all of them")
            return all;
        var named = cell == "–" ? [] : cell.Split(',', StringSplitOptions.TrimEntries);
        Assert.All(named, name => Assert.Contains(name, all));
        return new HashSet<string>(named, StringComparer.Ordinal) { "Domain" };
    }

    [GeneratedRegex("^`([A-Z][A-Za-z]+)`( \\(pure\\))?$")]
    private static partial Regex FolderName();
}
