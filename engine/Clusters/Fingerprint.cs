using System.Security.Cryptography;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>What an object says, as one short text: equal as long as nobody has changed it, whatever its controller has counted meanwhile.</summary>
internal static class Fingerprint
{
    /// <summary>Without what changes by every write, and without the status, which is the controller's. The server sorts what has no order.</summary>
    public static string Of<T>(T one)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var node = JsonNode.Parse(KubernetesJson.Serialize(one))!.AsObject();
        foreach (var name in new[] { "status", "apiVersion", "kind" })
            node.Remove(name);
        var metadata = node["metadata"]!.AsObject();
        foreach (var name in new[] { "managedFields", "resourceVersion", "generation" })
            metadata.Remove(name);
        using var text = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(text))
            Sorted(node).WriteTo(writer);
        return Convert.ToHexStringLower(SHA256.HashData(text.ToArray()));
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : (JsonNode?)Sorted(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };
}
