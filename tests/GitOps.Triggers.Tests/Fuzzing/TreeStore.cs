using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A bare repository of real objects, written as they are: no git has looked whether they make sense.</summary>
internal sealed class TreeStore : IDisposable
{
    private readonly TempFolder folder = new();

    public TreeStore()
    {
        Git.Repository.Init(folder.Path, isBare: true);
        Repository = new Git.Repository(folder.Path);
    }

    public Git.Repository Repository { get; }

    public CommitSha Commit(IReadOnlyList<TreeNode> root)
    {
        var text = $"tree {Tree(root)}\nauthor A Developer <developer@example.com> 0 +0000\ncommitter A Developer <developer@example.com> 0 +0000\n\nMade by hand\n";
        return CommitSha.Parse(Repository.ObjectDatabase.Write<Git.Commit>(Encoding.UTF8.GetBytes(text)).Sha);
    }

    public void Dispose()
    {
        Repository.Dispose();
        folder.Dispose();
    }

    private string Tree(IReadOnlyList<TreeNode> nodes)
    {
        using var tree = new MemoryStream();
        // In git's order, in which a folder's name ends with a slash.
        foreach (var node in nodes.OrderBy(node => node.Name + (node.IsFolder ? "/" : "\0"), StringComparer.Ordinal))
        {
            tree.Write(Encoding.ASCII.GetBytes(node.Mode + " "));
            tree.Write([.. node.NameBytes, 0]);
            tree.Write(Convert.FromHexString(Id(node)));
        }
        return Repository.ObjectDatabase.Write<Git.Tree>(tree.ToArray()).Sha;
    }

    private string Id(TreeNode node) => node.Nodes is { } inner ? Tree(inner)
        : node.Mode.StartsWith("160", StringComparison.Ordinal) ? Convert.ToHexStringLower(Encoding.Latin1.GetBytes(node.Content ?? "")).PadRight(40, '0')[..40]
        : Repository.ObjectDatabase.Write<Git.Blob>(node.ContentBytes).Sha;
}
