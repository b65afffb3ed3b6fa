namespace GitOps.Triggers.Manifests;

/// <summary>A piece of a YAML file that knows where it stands. Nodes are told apart by reference, never by value.</summary>
internal abstract record Node(Position At)
{
    /// <summary>A single value as written, without its quotes. <paramref name="Plain"/>: it had none, so <c>5</c> is a number and <c>true</c> is true.</summary>
    internal sealed record Scalar(Position At, string Text, bool Plain) : Node(At);

    internal sealed record Mapping(Position At, IReadOnlyList<Entry> Entries) : Node(At);

    internal sealed record Sequence(Position At, IReadOnlyList<Node> Items) : Node(At);
}
