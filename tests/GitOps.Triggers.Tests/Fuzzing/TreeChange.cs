namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>One entry somewhere in a tree added, taken away, renamed, or given another mode or content.</summary>
internal static class TreeChange
{
    public static IReadOnlyList<TreeNode> Of(IReadOnlyList<TreeNode> nodes, int kind, uint place, TreeNode other)
    {
        if (nodes.Count == 0)
            return [other];
        var at = (int)(place % (uint)nodes.Count);
        var node = nodes[at];
        // Half of the changes to folders are made in them.
        if (node.Nodes is { } inner && place / 8 % 2 == 0)
            return With(nodes, at, node with { Nodes = Of(inner, kind, place / 16, other) });
        return kind switch
        {
            0 => [.. nodes, other],
            1 => [.. nodes.Where((_, i) => i != at)],
            2 => With(nodes, at, node with { Name = other.Name }),
            3 => With(nodes, at, node.IsFolder ? node with { Nodes = [] } : node with { Content = node.Content + "x" }),
            4 => With(nodes, at, node.IsFolder ? other with { Name = node.Name } : node with { Mode = node.Mode == "100755" ? "100644" : "100755" }),
            _ => nodes,
        };
    }

    private static IReadOnlyList<TreeNode> With(IReadOnlyList<TreeNode> nodes, int at, TreeNode node) => [.. nodes.Select((one, i) => i == at ? node : one)];
}
