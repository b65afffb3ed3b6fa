using CsCheck;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>Trees with a little of everything, and one change to each.</summary>
internal static class TreeGen
{
    private static readonly string[] Names = ["a", "b", "c", "src", "bin", "x.md", "main.py", "trigger.yaml", "Trigger.yaml", "\u00c3\u00a9", "a b", "-x", "lib"];

    private static readonly string[] OddNames = ["..", ".", ".git", ".GIT", "a/b", "a\nb", "a\\b", "\u00ff", "con", "a\u00c2\u00a0", "../x", "git~1", " ", "a\r", "$(x)", "--output=x", new string('n', 255), new string('n', 256)];

    private static readonly string[] Contents = ["", "1", "2", "echo\n", "#!/bin/sh\n", "\u0000\u00ff"];

    private static readonly string[] Lfs = ["version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "version https://git-lf", " version https://git-lfs"];

    private static readonly string[] Links = ["a", "../a", "../../a", "/etc/passwd", "a/../b", "", ".", "..", "\u00ff", "a\u0000b", "./x", "../../../../../../etc", "src/main.py"];

    private static readonly string[] Ignores = ["", "bin\n", "*.md\n!x.md\n", "**\n!src\n", "*\n!*.py\n", "**/bin\n", "src/*\n!src/a\n", "# none\n", ".git\n", "a\n", "!a\n", "[a-c]\n", "*/*\n", "a\nb\nc\n!**/main.py\n", "[\n", "**"];

    private static readonly string[] OddModes = ["100664", "100600", "100777", "120777", "160755", "100000", "140000", "0", "40755", "777777", "20000"];

    private static readonly Gen<TreeNode> Leaf = Gen.Frequency(
        (60, Gen.Select(Gen.OneOf(Names), Gen.OneOf(Contents), (name, content) => TreeNode.File(name, content))),
        (10, Gen.Select(Gen.OneOf(Names), Gen.OneOf(Contents), (name, content) => TreeNode.File(name, content, "100755"))),
        (6, Gen.Select(Gen.OneOf(Names), Gen.OneOf(Links), (name, target) => TreeNode.File(name, target, "120000"))),
        (1, Gen.Select(Gen.OneOf(Names), Gen.OneOf(Lfs), (name, content) => TreeNode.File(name, content))),
        (1, Gen.OneOf(Names).Select(name => TreeNode.File(name, "5", "160000"))),
        (1, Gen.OneOf(Names).Select(name => TreeNode.Folder(name, TreeNode.File("a", "1")) with { Mode = "100644" })),
        (1, Gen.Select(Gen.OneOf(OddNames), Gen.OneOf(Contents), (name, content) => TreeNode.File(name, content))),
        (1, Gen.Select(Gen.OneOf(Names), Gen.OneOf(Contents), Gen.OneOf(OddModes), (name, content, mode) => TreeNode.File(name, content, mode))));

    private static readonly Gen<string> FolderName = Gen.Frequency((60, Gen.OneOf(Names)), (1, Gen.OneOf(OddNames)));

    public static Gen<byte[]> Inputs { get; } =
        from context in Gen.OneOf("", "a", "src", "a/b", "missing", "../a")
        from nodes in Nodes(3)
        from dockerfile in Gen.OneOf("FROM a\nUSER 1\n", "FROM a\nUSER 1\n", "FROM a\nUSER root\n")
        from ignore in Gen.OneOf(Ignores)
        from own in Gen.Frequency((5, Gen.Const((string?)null)), (1, Gen.OneOf(Ignores).Select(text => (string?)text)))
        from change in Leaf
        from place in Gen.UInt
        from kind in Gen.Int[0, 5]
        let before = Distinct([.. Placed(context, nodes, ignore), TreeNode.File("Dockerfile", dockerfile), .. own is null ? [] : new[] { TreeNode.File("Dockerfile.dockerignore", own) }])
        select TreeNode.Write(new TreeCase(context, before, TreeChange.Of(before, kind, place, change)));

    private static Gen<IReadOnlyList<TreeNode>> Nodes(int levels)
    {
        var one = levels == 0 ? Leaf : Gen.Frequency((2, Leaf), (1, Gen.Select(FolderName, Nodes(levels - 1), (name, nodes) => TreeNode.Folder(name, nodes))));
        // Two of one name are for the odd change to make.
        return one.Array[0, 5].Select(Distinct);
    }

    private static IReadOnlyList<TreeNode> Distinct(IReadOnlyList<TreeNode> nodes) => [.. nodes.DistinctBy(node => node.Name)];

    /// <summary>With the context's own .dockerignore in it.</summary>
    private static IReadOnlyList<TreeNode> Placed(string context, IReadOnlyList<TreeNode> nodes, string ignore)
    {
        var file = TreeNode.File(".dockerignore", ignore);
        return context.Split('/').Reverse().Aggregate((IReadOnlyList<TreeNode>)[file, .. nodes], (inner, name) => name.Length == 0 || name == ".." ? inner : [TreeNode.Folder(name, Distinct(inner)), TreeNode.File("beside", name)]);
    }
}
