using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>The way from a file's root to a node, as people write it: <c>environments.prod.schedule</c>, <c>run.args[2]</c>, <c>run.files["/etc/app.yaml"]</c>.</summary>
internal static class NodePath
{
    private const int LongestName = 60;

    public static string Key(string parent, string name)
    {
        if (!IsSimple(name))
            return $"{parent}[\"{Shown.Text(name, LongestName)}\"]";
        return parent.Length == 0 ? name : $"{parent}.{name}";
    }

    public static string Item(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]");

    /// <summary>Looks for <paramref name="sought"/>, a node or a key, below <paramref name="root"/>; empty for the root itself and for what is not there.</summary>
    public static string Of(Node root, Node sought) => Find(root, sought, "") ?? "";

    private static string? Find(Node node, Node sought, string path) => node switch
    {
        _ when ReferenceEquals(node, sought) => path,
        Node.Mapping mapping => FindIn(mapping, sought, path),
        Node.Sequence sequence => FindIn(sequence, sought, path),
        _ => null,
    };

    private static string? FindIn(Node.Mapping mapping, Node sought, string path)
    {
        foreach (var entry in mapping.Entries)
        {
            if (ReferenceEquals(entry.Key, sought))
                return Key(path, entry.Name);
            // The path of a leaf is written only when it is the one sought: a wide file would pay for thousands.
            var found = entry.Value is Node.Scalar && !ReferenceEquals(entry.Value, sought) ? null : Find(entry.Value, sought, Key(path, entry.Name));
            if (found is not null)
                return found;
        }

        return null;
    }

    private static string? FindIn(Node.Sequence sequence, Node sought, string path)
    {
        for (var index = 0; index < sequence.Items.Count; index++)
        {
            var item = sequence.Items[index];
            var found = item is Node.Scalar && !ReferenceEquals(item, sought) ? null : Find(item, sought, Item(path, index));
            if (found is not null)
                return found;
        }

        return null;
    }

    private static bool IsSimple(string name) =>
        name is { Length: > 0 and <= LongestName } && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
