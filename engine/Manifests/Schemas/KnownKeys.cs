using GitOps.Triggers.Domain;
using NJsonSchema;

namespace GitOps.Triggers.Manifests;

/// <summary>Says what somebody meant by a key that is not known where it stands: a slip, a key of another place, or something that this language has no key for.</summary>
internal sealed class KnownKeys
{
    private readonly Dictionary<string, List<Place>> places = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> hints;

    public KnownKeys(JsonSchema root)
    {
        hints = root.Extension("x-unknown") is IDictionary<string, object?> pairs
            ? new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (string)pair.Value!)), StringComparer.OrdinalIgnoreCase)
            : [];
        Collect(root, "");
    }

    /// <param name="key">The unknown key.</param>
    /// <param name="where">The path of the mapping that holds it.</param>
    /// <param name="here">The schema of that mapping.</param>
    public string Fix(string key, string where, JsonSchema here)
    {
        if (hints.TryGetValue(key, out var hint))
            return hint;
        if (Nearest.To(key, here.Properties.Keys) is { } near)
            return $"Write {near}.";
        if (places.TryGetValue(key, out var elsewhere))
            return Move(key, where, elsewhere);
        return here.Properties.Count == 0 ? "Remove it." : $"Remove it; known here: {string.Join(", ", here.Properties.Keys)}.";
    }

    /// <summary>Whether the unknown key stands for this known one.</summary>
    public bool Means(string unknown, string known) =>
        hints.TryGetValue(unknown, out var hint) ? hint.Contains(known, StringComparison.Ordinal) : Nearest.To(unknown, [known]) is not null;

    private static string Move(string key, string where, List<Place> elsewhere)
    {
        var best = elsewhere.Max(place => place.Nearness(where));
        var candidates = elsewhere.Where(place => place.Nearness(where) == best).ToList();
        var shortest = candidates.Min(place => place.Depth);
        var parents = candidates.Where(place => place.Depth == shortest).Select(place => place.Parent.Length == 0 ? "the top level" : place.Parent).Distinct();
        var name = candidates[0].Key;
        return name == key ? $"Move it under {SchemaWords.Or(parents)}." : $"Write {name}, under {SchemaWords.Or(parents)}.";
    }

    // Neither schema refers to itself, so this ends.
    private void Collect(JsonSchema schema, string path)
    {
        var actual = schema.ActualSchema;
        foreach (var (name, property) in actual.Properties)
        {
            if (!places.TryGetValue(name, out var known))
                places[name] = known = [];
            known.Add(new Place(name, path));
            Collect(property, path.Length == 0 ? name : $"{path}.{name}");
        }

        if (actual.AdditionalPropertiesSchema is { } values)
            Collect(values, $"{path}.<name>");
        if (actual.Item is { } item)
            Collect(item, $"{path}[]");
    }

    private sealed record Place(string Key, string Parent)
    {
        public int Depth => Parent.Length == 0 ? 0 : Parent.Split('.').Length;

        /// <summary>How many steps of the way from the root the two paths share.</summary>
        public int Nearness(string where) =>
            Parent.Split('.').Zip(where.Split('.')).TakeWhile(pair => pair.First == pair.Second || pair.First == "<name>").Count();
    }
}
