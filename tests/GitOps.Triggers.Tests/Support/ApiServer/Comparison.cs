using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What a write changes, as paths of fields.</summary>
internal sealed record Comparison(IReadOnlyList<string> Written, IReadOnlyList<string> Removed)
{
    public static Comparison Of(JsonObject? before, JsonObject after)
    {
        var (old, now) = (before is null ? [] : FieldSet.Of(before), FieldSet.Of(after));
        return new Comparison(
            [.. now.Where(pair => !old.TryGetValue(pair.Key, out var value) || !JsonNode.DeepEquals(value, pair.Value)).Select(pair => pair.Key)],
            [.. old.Keys.Where(path => !now.ContainsKey(path))]);
    }
}
