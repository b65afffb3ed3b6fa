using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>Finds what stands at a path of a commit's tree, without following links.</summary>
internal sealed class TreePath(Git.Repository git)
{
    private readonly Dictionary<Git.ObjectId, HashSet<string>> doubled = [];

    /// <returns>The entry, or why there is none. Twice: two entries have its name, so that anyone may read another one.</returns>
    public (Git.TreeEntry? Entry, string Missing, bool Twice) Find(Git.Tree root, string path)
    {
        var tree = root;
        var walked = "";
        Git.TreeEntry? entry = null;
        foreach (var name in path.Split('/'))
        {
            if (entry is not null && entry.TargetType != Git.TreeEntryTargetType.Tree)
                return (null, $"'{Shown.Text(walked)}' is {EntryKind.Named(entry)}, not a folder", false);
            if (entry is not null && !CommitObject.MayOpen(git, entry.Target.Id))
                return (null, $"'{Shown.Text(walked)}' has too many entries to be read", false);
            tree = entry is null ? tree : (Git.Tree)entry.Target;
            walked = RepositoryPath.Join(walked, name);
            if (Doubled(tree).Contains(name))
                return (null, $"'{Shown.Text(walked)}' stands twice in this commit", true);
            entry = tree[name];
            if (entry is null)
                return (null, $"there is no '{Shown.Text(walked)}' in this commit", false);
        }
        return (entry, "", false);
    }

    private HashSet<string> Doubled(Git.Tree tree)
    {
        if (!doubled.TryGetValue(tree.Id, out var names))
            doubled[tree.Id] = names = DoubledName.In(tree);
        return names;
    }
}
