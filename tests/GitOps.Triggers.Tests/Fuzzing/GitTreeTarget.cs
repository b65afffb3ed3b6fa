using CsCheck;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>Two trees of real git objects: the input hash differs if and only if what a build sees differs, and what is odd is a finding and never a gap.</summary>
internal sealed class GitTreeTarget : FuzzTarget
{
    /// <summary>Loose objects fill folders; a new repository is soon made.</summary>
    private const int TreesPerStore = 1_000;

    private TreeStore? store;
    private int stored;

    public override string Name => "git-tree";

    public override int Share => 9;

    public override Gen<byte[]> Inputs => TreeGen.Inputs;

    public override void Check(byte[] input)
    {
        var trees = TreeNode.Read(input);
        var (before, after) = (TryRead(trees, trees.Before), TryRead(trees, trees.After));
        if (before is null || after is null)
            return;
        var same = before.DockerfileId == after.DockerfileId && before.Entries.SequenceEqual(after.Entries);
        Assert.Equal(same, InputHasher.Hash(before, "linux/amd64") == InputHasher.Hash(after, "linux/amd64"));
    }

    /// <summary>What no library reads is the mirror's to tell: <see cref="GitMirror"/>.</summary>
    private BuildContext? TryRead(TreeCase trees, IReadOnlyList<TreeNode> root)
    {
        try
        {
            return Read(trees, root);
        }
        catch (LibGit2Sharp.LibGit2SharpException) when (HoldsNonsense(root))
        {
            return null;
        }
    }

    /// <summary>A mode of more bits than there are, or a file that says it is a folder.</summary>
    private static bool HoldsNonsense(IReadOnlyList<TreeNode> nodes) =>
        nodes.Any(node => (node.Nodes is { } inner && HoldsNonsense(inner)) || node.Mode is "777777" or "40755");

    /// <returns>None when it was refused, rightly.</returns>
    private BuildContext? Read(TreeCase trees, IReadOnlyList<TreeNode> root)
    {
        var git = Store().Repository;
        var commit = store!.Commit(root);
        var spec = new BuildSpec { Context = trees.Context, Dockerfile = "Dockerfile" };
        var result = new BuildContextReader(git, "trigger.yaml", spec, new Limits(), mustSetUser: true).Read(commit, CancellationToken.None);
        var search = new ManifestSearch(git, new Limits(), CancellationToken.None);
        search.Run(((LibGit2Sharp.Commit)git.Lookup(commit.Value)).Tree);
        Assert.All(search.Findings, finding => Assert.False(finding.ToString().Any(char.IsControl), finding.ToString()));
        Assert.Equal(search.Manifests.Count, search.Manifests.DistinctBy(manifest => manifest.Path).Count());
        if (PlainContext.IsAmbiguous(trees, root))
            Assert.IsType<StageResult<BuildContext>.Rejected>(result);
        var plain = PlainContext.Read(trees, root);
        var dockerfile = root.FirstOrDefault(node => node.Name == "Dockerfile");
        var fits = dockerfile is { IsFolder: false, Mode: "100644" or "100755", Content: "FROM a\nUSER 1\n" };
        if (result is StageResult<BuildContext>.Done(var context))
        {
            Assert.True(plain is not null, "There is no such context, and it was read.");
            Assert.True(dockerfile is not null);
            if (!plain.IsOdd)
                Assert.Equal(plain.Entries, context.Entries.Select(entry => (entry.Path, entry.Mode, entry.ObjectId)));
            return context;
        }
        var findings = Assert.IsType<StageResult<BuildContext>.Rejected>(result).Findings;
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.False(finding.ToString().Any(char.IsControl), finding.ToString()));
        Assert.True(plain is null || plain.IsOdd || !fits || PlainContext.IsAmbiguous(trees, root), $"refused although all is well: {string.Join('\n', findings)}");
        return null;
    }

    public override void Dispose() => store?.Dispose();

    private TreeStore Store()
    {
        if (store is not null && ++stored < TreesPerStore)
            return store;
        store?.Dispose();
        stored = 0;
        return store = new TreeStore();
    }
}
