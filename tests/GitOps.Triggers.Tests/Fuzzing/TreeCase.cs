namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>Two root folders, one a change to the other, and where the build's context stands in both.</summary>
internal sealed record TreeCase(string Context, IReadOnlyList<TreeNode> Before, IReadOnlyList<TreeNode> After);
