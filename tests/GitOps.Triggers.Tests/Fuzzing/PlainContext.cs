using System.Security.Cryptography;
using System.Text;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A second reading of what a build sees, from the entries as they were made up and not from git's objects.</summary>
internal sealed class PlainContext
{
    private readonly PlainIgnore ignore;

    private PlainContext(PlainIgnore ignore) => this.ignore = ignore;

    /// <summary>Path, mode and id of a file's or link's content; folders that only lost what they held.</summary>
    public List<(string Path, string Mode, string Id)> Entries { get; } = [];

    /// <summary>Something is there that no build may be made of, or only by its name's leave; where it stands tells whether it is refused.</summary>
    public bool IsOdd { get; private set; }

    /// <summary>Two entries have a name that is looked up: whichever is taken, another reader takes the other one.</summary>
    public static bool IsAmbiguous(TreeCase trees, IReadOnlyList<TreeNode> root) =>
        new[] { "Dockerfile", "Dockerfile.dockerignore", trees.Context + "/.dockerignore" }.Any(path => IsTwice(root, path.Split('/', StringSplitOptions.RemoveEmptyEntries)));

    private static bool IsTwice(IReadOnlyList<TreeNode> folder, string[] path) =>
        folder.Where(node => node.Name == path[0]).ToList() is var found && (found.Count > 1 || (path.Length > 1 && found is [{ IsFolder: true }] && IsTwice(found[0].Nodes!, path[1..])));

    /// <returns>None where there is no such context, or its .dockerignore is none.</returns>
    public static PlainContext? Read(TreeCase trees, IReadOnlyList<TreeNode> root)
    {
        var context = root;
        foreach (var name in trees.Context.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (context.FirstOrDefault(node => node.Name == name) is not { IsFolder: true } folder)
                return null;
            context = folder.Nodes!;
        }
        var file = root.FirstOrDefault(node => node.Name == "Dockerfile.dockerignore") ?? context.FirstOrDefault(node => node.Name == ".dockerignore");
        if (file is { IsFolder: true } || PlainIgnore.Read(Encoding.UTF8.GetString(file?.ContentBytes ?? [])) is not { } ignore)
            return null;
        var plain = new PlainContext(ignore) { IsOdd = file is { Mode: not ("100644" or "100755") } or { Nodes: not null } };
        plain.Visit(context, "", 0);
        plain.Entries.Sort((one, other) => string.CompareOrdinal(one.Path, other.Path));
        return plain;
    }

    /// <returns>Whether the folder holds anything but manifests.</returns>
    private bool Visit(IReadOnlyList<TreeNode> nodes, string folder, int depth)
    {
        IsOdd |= nodes.DistinctBy(node => node.Name).Count() < nodes.Count;
        var holdsAnything = false;
        foreach (var node in nodes.Where(node => !IsManifest(node)))
        {
            var path = folder + node.Shown;
            IsOdd |= HasOddName(node) || HasOddMode(node);
            if (!node.IsFolder)
                VisitFile(node, path, depth);
            else if (!VisitFolder(node, path, depth))
                continue;
            holdsAnything = true;
        }
        return holdsAnything;
    }

    private bool VisitFolder(TreeNode node, string path, int depth)
    {
        var before = Entries.Count;
        var holdsAnything = Visit(node.Nodes!, path + "/", depth + 1);
        if (holdsAnything && Entries.Count == before && !ignore.Excludes(path))
            Entries.Add((path, "40000", ""));
        return holdsAnything;
    }

    private void VisitFile(TreeNode node, string path, int depth)
    {
        IsOdd |= (node.Content ?? "").StartsWith("version https://git-lfs", StringComparison.Ordinal) || (node.Mode == "120000" && LeadsOut(node.Content!, depth));
        if (!ignore.Excludes(path))
            Entries.Add((path, node.Mode, Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {node.ContentBytes.Length}\0"), .. node.ContentBytes]))));
    }

    private static bool IsManifest(TreeNode node) =>
        node.Shown == "trigger.yaml" && !node.IsFolder && !node.Mode.StartsWith("160", StringComparison.Ordinal) && !node.Mode.StartsWith("40", StringComparison.Ordinal);

    private static bool HasOddMode(TreeNode node) => node.Mode is not ("100644" or "100755" or "120000" or "40000") || (!node.IsFolder && node.Nodes is not null);

    private static bool HasOddName(TreeNode node) =>
        node.Name is "" or "." or ".." || node.Name.Contains('/', StringComparison.Ordinal) || node.Name.ToUpperInvariant() == ".GIT" || node.Shown.Contains('\uFFFD', StringComparison.Ordinal) || node.Name.Length > 255;

    /// <summary>Or nowhere, or where another link decides.</summary>
    private static bool LeadsOut(string target, int depth)
    {
        var up = target.Split('/').TakeWhile(part => part is ".." or "." or "").Count(part => part == "..");
        var rest = target.Split('/').SkipWhile(part => part is ".." or "." or "");
        return target.Length == 0 || target[0] == '/' || up > depth || rest.Contains("..") || target.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(target)).Contains('\uFFFD', StringComparison.Ordinal);
    }
}
