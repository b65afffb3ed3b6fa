using System.Diagnostics.CodeAnalysis;

namespace GitOps.Triggers.Manifests;

/// <summary>
/// The keys of a mapping, or of one and of the one that it overrides. What is absent, empty or of another kind reads as absent:
/// the schema has said what there is to say about it.
/// </summary>
internal sealed class Fields
{
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly List<Node.Mapping> layers;

    public Fields(params IEnumerable<Node?> layers)
    {
        this.layers = [.. layers.OfType<Node.Mapping>()];
        foreach (var entry in this.layers.SelectMany(layer => layer.Entries).Where(entry => !entry.IsExtension))
            entries.TryAdd(entry.Name, entry);
    }

    /// <summary>All of them, merged: the first mapping's own, then what only the other one has.</summary>
    public IEnumerable<Entry> Entries => entries.Values;

    public Node? Find(string key) => entries.GetValueOrDefault(key)?.Value;

    public bool TryFind(string key, [NotNullWhen(true)] out Entry? entry) => entries.TryGetValue(key, out entry);

    /// <summary>The mappings below a key, which are merged in turn.</summary>
    public Fields Within(string key) => new(layers.Select(layer => layer.Entries.FirstOrDefault(entry => entry.Name == key)?.Value));
}
