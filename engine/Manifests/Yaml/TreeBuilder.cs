using System.Globalization;
using GitOps.Triggers.Domain;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace GitOps.Triggers.Manifests;

/// <summary>
/// Makes the tree out of the parser's events, with a stack of its own and never by recursion, so that depth is refused before
/// anything walks the tree. What can be read past (a repeated key, a tag, an anchor) is noted and read past.
/// </summary>
internal sealed class TreeBuilder(int mostDepth, UnquotedValues unquoted)
{
    public const int LongestKey = 256;

    private readonly Stack<TreeFrame> open = new();
    private readonly List<YamlProblem> problems = [];
    private Node? root;
    private int documents;

    public YamlDocument Document => new(root, problems);

    /// <summary>The innermost <c>[</c> or <c>{</c> that was not closed yet.</summary>
    public Position? OpenBracket => Innermost is { IsFlow: true } frame ? frame.At : null;

    /// <returns>False when nothing after this can be read.</returns>
    public bool Take(ParsingEvent happened)
    {
        switch (happened)
        {
            case DocumentStart start:
                return TakeDocument(start);
            case AnchorAlias alias:
                return TakeAlias(alias);
            case Scalar scalar:
                return TakeScalar(scalar);
            case MappingStart start:
                return Open(start, TreeFrame.Open(start, At(start), Innermost));
            case SequenceStart start:
                return Open(start, TreeFrame.Open(start, At(start), Innermost));
            case MappingEnd or SequenceEnd:
                return Place(open.Pop().Close());
            default:
                return true;
        }
    }

    /// <summary>Nothing after the problem can be read, and what was read is not whole.</summary>
    public bool Stop(Position at, string path, string message, string fix)
    {
        problems.Add(new YamlProblem(at, path, message, fix));
        root = null;
        return false;
    }

    private TreeFrame? Innermost => open.TryPeek(out var frame) ? frame : null;

    private string NextPath => Innermost?.NextPath ?? "";

    private bool TakeDocument(DocumentStart start)
    {
        if (++documents > 1)
        {
            problems.Add(new YamlProblem(At(start), "", "A second document begins here; a file holds one.", "Remove this line and what follows, or write a second file in a folder of its own."));
            return false;
        }

        if (start.Version is not null || start.Tags is { Count: > 0 } && start.Tags.Any(tag => tag.Handle is not ("!" or "!!")))
            problems.Add(new YamlProblem(Position.Start, "", "The file begins with a % directive.", "Remove the lines before ---."));
        return true;
    }

    private bool TakeAlias(AnchorAlias alias)
    {
        var placeholder = new Node.Scalar(At(alias), "", Plain: true);
        var frame = Innermost;
        if (frame is { AwaitsKey: true })
            return Stop(At(alias), frame.Path, "An alias stands where a key is expected.", "Write the key as text.");
        // `<<: *base` is one mistake: it is noted at the key, so that the key is not found unknown as well.
        Node about = frame?.PendingKey is { Text: "<<" } merge ? merge : placeholder;
        problems.Add(new YamlProblem(At(alias), NextPath, "An alias (*) stands here; aliases are not read.",
            "Write the value out, or put it into quotes if the * belongs to it.", about));
        return Place(placeholder);
    }

    private bool TakeScalar(Scalar scalar)
    {
        var node = new Node.Scalar(At(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);
        if (Innermost is { AwaitsKey: true } frame)
            return TakeKey(frame, scalar, node);
        NoteProperties(scalar, node);
        NoteNul(node, NextPath);
        if (unquoted.Find(node.At) is { } masked)
            problems.Add(new YamlProblem(node.At, NextPath, masked.Message, masked.Fix, node));
        return Place(node);
    }

    private bool TakeKey(TreeFrame frame, Scalar scalar, Node.Scalar key)
    {
        if (key.Text.Length > LongestKey)
            return Stop(key.At, frame.Path, $"A key has {key.Text.Length.ToString(CultureInfo.InvariantCulture)} characters; at most {LongestKey} are read.", "Shorten it.");
        if (key is { Plain: true, Text: "" })
            return Stop(key.At, frame.Path, "A ':' stands here without a key before it.", "Write the key, or put the line into quotes if it is text.");
        var earlier = frame.TakeKey(key);
        NoteProperties(scalar, key);
        NoteNul(key, NextPath);
        if (earlier is { } first)
            problems.Add(new YamlProblem(key.At, NextPath, $"The key '{Shown.Text(key.Text)}' stood before, at line {first.Line.ToString(CultureInfo.InvariantCulture)}.", "Keep one of the two.", key));
        return true;
    }

    private bool Open(NodeEvent start, TreeFrame frame)
    {
        if (Innermost is { AwaitsKey: true } parent)
            return Stop(At(start), parent.Path, "A list or mapping stands where a key is expected.",
                "Write a key and a colon; text that begins with [ or { needs quotes, and so do {{ }} placeholders.");
        if (open.Count == mostDepth)
            return Stop(At(start), "", $"The file is nested more than {mostDepth.ToString(CultureInfo.InvariantCulture)} levels deep.", "A manifest needs about six; remove the rest.");
        NoteProperties(start, null);
        open.Push(frame);
        return true;
    }

    private bool Place(Node node)
    {
        if (Innermost is { } frame)
            frame.Take(node);
        else
            root = node;
        return true;
    }

    private void NoteProperties(NodeEvent happened, Node? node)
    {
        // Their names are not repeated: "!…" and "&…" may be the beginning of a password that lacks its quotes.
        if (!happened.Anchor.IsEmpty)
            problems.Add(new YamlProblem(At(happened), NextPath, "An anchor (&) stands here; anchors are not read.",
                "Remove it, or put the value into quotes if the & belongs to it.", node));
        if (!happened.Tag.IsEmpty)
            problems.Add(new YamlProblem(At(happened), NextPath, "A tag (!) stands here; tags are not read.",
                "Remove it, or put the value into quotes if the ! belongs to it.", node));
    }

    private void NoteNul(Node.Scalar node, string path)
    {
        if (node.Text.Contains('\0'))
            problems.Add(new YamlProblem(node.At, path, "The value holds a NUL character (\\0).", "Remove it; no program takes it in a name, argument or variable.", node));
    }

    private static Position At(ParsingEvent happened) => new((int)happened.Start.Line, (int)happened.Start.Column);
}
