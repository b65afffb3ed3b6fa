using System.Text;
using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>
/// Lists what a build sees of a tree: all of it, but the manifests, which are left out as if git did not hold them, and what
/// <c>.dockerignore</c> takes away. Fails closed: whatever cannot be built from git's objects alone is a finding.
/// </summary>
/// <param name="git">Where the objects are.</param>
/// <param name="context">The tree's path in the repository.</param>
/// <param name="ignore">What is left out.</param>
/// <param name="limits">How much may be read.</param>
/// <param name="ct">Looked at once per folder.</param>
internal sealed class ContextWalk(Git.Repository git, string context, DockerIgnore ignore, Limits limits, CancellationToken ct)
{
    private const int DeepestFolder = 100;
    private const int LongestPathBytes = 2048;

    private readonly ContextBudget budget = new(limits);
    private readonly List<ContextEntry> entries = [];

    public ContextFindings Findings { get; } = new();

    public IReadOnlyList<ContextEntry> Run(Git.Tree tree)
    {
        Visit(tree, folder: "", ignore.Root, depth: 0);
        if (budget.Exceeded is { } exceeded)
            Findings.Add(context.Length > 0 ? context : ".", $"the build context has {exceeded}.", "Name what the build does not need in .dockerignore, with few ** in its patterns, or make build.context a smaller folder.");
        entries.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return entries;
    }

    /// <returns>Whether the folder holds anything but manifests.</returns>
    private bool Visit(Git.Tree tree, string folder, IgnoreScope scope, int depth)
    {
        ct.ThrowIfCancellationRequested();
        var holdsAnything = false;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in tree)
        {
            if (ManifestSearch.IsManifest(entry))
                continue;
            if (!budget.Look(ignore.Steps))
                return true;
            var path = RepositoryPath.Join(folder, entry.Name);
            if (!names.Add(entry.Name))
                Refuse(path, DoubledName.Refusal, DoubledName.Fix);
            else if (EntryName.Refusal(entry.Name) is { } refusal)
                Refuse(path, refusal, "Rename it.");
            else if (entry.TargetType != Git.TreeEntryTargetType.Tree)
                VisitEntry(entry, path, scope, depth);
            else if (!VisitFolder(entry, path, scope, depth + 1))
                continue;
            holdsAnything = true;
        }
        return holdsAnything;
    }

    private bool VisitFolder(Git.TreeEntry entry, string path, IgnoreScope scope, int depth)
    {
        var tree = (Git.Tree)entry.Target;
        var excluded = scope.Excludes(path);
        if (excluded && !ignore.HasExceptions)
            return HoldsAnything(tree, depth);
        if (depth > DeepestFolder || Encoding.UTF8.GetByteCount(path) > LongestPathBytes || !CommitObject.MayOpen(git, tree.Id))
        {
            Refuse(path, $"it is more than {DeepestFolder} folders deep, its path is longer than {LongestPathBytes} bytes, or it has too many entries", "Move it further up, or name it in .dockerignore.");
            return true;
        }
        var before = entries.Count;
        var holdsAnything = Visit(tree, path, scope.Enter(path), depth);
        if (holdsAnything && !excluded && entries.Count == before && budget.Take(0))
            entries.Add(new ContextEntry(path, ContextEntryKind.EmptyFolder, ""));
        return holdsAnything;
    }

    private bool HoldsAnything(Git.Tree tree, int depth) => depth > DeepestFolder || !CommitObject.MayOpen(git, tree.Id) || tree.Any(entry =>
        !ManifestSearch.IsManifest(entry)
        && (entry.TargetType != Git.TreeEntryTargetType.Tree || !budget.Look(ignore.Steps) || HoldsAnything((Git.Tree)entry.Target, depth + 1)));

    private void VisitEntry(Git.TreeEntry entry, string path, IgnoreScope scope, int depth)
    {
        if (scope.Excludes(path))
            return;
        if (EntryKind.IsLink(entry) || EntryKind.IsFile(entry))
            AddBlob(entry, path, depth);
        else
            Refuse(path, $"it is {EntryKind.Named(entry)}, whose content is not in this repository", "Commit the files themselves, or name it in .dockerignore.");
    }

    private void AddBlob(Git.TreeEntry entry, string path, int depth)
    {
        if (BlobContent.Size(git, entry) is not { } size)
        {
            Refuse(path, BlobContent.NotOne, BlobContent.NotOneFix);
            return;
        }
        if (!budget.Take(size))
            return;
        if (entry.Mode == Git.Mode.SymbolicLink)
            CheckLink(entry, path, depth, size);
        else if (BlobContent.IsLfsPointer(entry, size))
            Refuse(path, "it is a Git LFS pointer, not the file's content", "Commit the file without LFS, or name it in .dockerignore.");
        var kind = entry.Mode switch
        {
            Git.Mode.SymbolicLink => ContextEntryKind.Link,
            Git.Mode.ExecutableFile => ContextEntryKind.Executable,
            _ => ContextEntryKind.File,
        };
        entries.Add(new ContextEntry(path, kind, entry.Target.Sha));
    }

    private void CheckLink(Git.TreeEntry entry, string path, int depth, long size)
    {
        var refusal = size > LinkTarget.LongestBytes
            ? $"it holds more than {LinkTarget.LongestBytes} bytes"
            : LinkTarget.Refusal(Encoding.UTF8.GetString(BlobContent.Read(entry)), depth);
        if (refusal is not null)
            Refuse(path, $"the symlink cannot be followed safely: {refusal}", "Link to a path inside the build context, relative, with .. at its start only; or name it in .dockerignore.");
    }

    private void Refuse(string path, string why, string fix) =>
        Findings.Add(RepositoryPath.Join(context, path), $"cannot be part of the build context: {why}.", fix);
}
