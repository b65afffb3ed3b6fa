using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>Finds what stands at a path of a commit's tree, without following links.</summary>
internal static class TreePath
{
    /// <returns>The entry, or why there is none.</returns>
    public static (Git.TreeEntry? Entry, string Missing) Find(Git.Repository git, Git.Tree root, string path)
    {
        var tree = root;
        var walked = "";
        Git.TreeEntry? entry = null;
        foreach (var name in path.Split('/'))
        {
            if (entry is not null && entry.TargetType != Git.TreeEntryTargetType.Tree)
                return (null, $"'{Shown.Text(walked)}' is {EntryKind.Named(entry)}, not a folder");
            if (entry is not null && !CommitObject.MayOpen(git, entry.Target.Id))
                return (null, $"'{Shown.Text(walked)}' has too many entries to be read");
            tree = entry is null ? tree : (Git.Tree)entry.Target;
            walked = RepositoryPath.Join(walked, name);
            entry = tree[name];
            if (entry is null)
                return (null, $"there is no '{Shown.Text(walked)}' in this commit");
        }
        return (entry, "");
    }
}
