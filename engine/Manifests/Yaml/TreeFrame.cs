using YamlDotNet.Core.Events;

namespace GitOps.Triggers.Manifests;

/// <summary>A mapping or list that is still being read.</summary>
internal sealed class TreeFrame(Position at, bool isMapping, bool isFlow, TreeFrame? parent)
{
    private readonly List<Entry> entries = [];
    private readonly List<Node> items = [];
    private readonly Dictionary<string, Position> seen = new(StringComparer.Ordinal);
    private Node.Scalar? key;
    private bool discards;

    public Position At => at;

    /// <summary>Written out when it is asked for: a hostile file has thousands of frames, and few problems.</summary>
    public string Path => parent?.NextPath ?? "";

    /// <summary>Written with <c>{ }</c> or <c>[ ]</c>.</summary>
    public bool IsFlow => isFlow;

    public bool AwaitsKey => isMapping && key is null;

    public Node.Scalar? PendingKey => key;

    /// <summary>The path of what comes next.</summary>
    public string NextPath => key is not null ? NodePath.Key(Path, key.Text) : NodePath.Item(Path, items.Count);

    public static TreeFrame Open(MappingStart start, Position at, TreeFrame? parent) =>
        new(at, isMapping: true, start.Style == MappingStyle.Flow, parent);

    public static TreeFrame Open(SequenceStart start, Position at, TreeFrame? parent) =>
        new(at, isMapping: false, start.Style == SequenceStyle.Flow, parent);

    /// <returns>Where the same key stood before; the value of a repeated key is dropped.</returns>
    public Position? TakeKey(Node.Scalar read)
    {
        key = read;
        discards = !seen.TryAdd(read.Text, read.At);
        return discards ? seen[read.Text] : null;
    }

    public void Take(Node value)
    {
        if (!isMapping)
            items.Add(value);
        else if (!discards)
            entries.Add(new Entry(key!, value));
        key = null;
    }

    public Node Close() => isMapping ? new Node.Mapping(at, entries) : new Node.Sequence(at, items);
}
