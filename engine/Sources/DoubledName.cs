using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>Names that a folder holds twice: git writes none, fetches them with a warning, and each reader takes another of the two.</summary>
internal static class DoubledName
{
    public const string Refusal = "its folder holds two entries of this name";
    public const string Fix = "Commit the folder anew with git.";

    public static HashSet<string> In(Git.Tree tree)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. tree.Select(entry => entry.Name).Where(name => !seen.Add(name))];
    }
}
