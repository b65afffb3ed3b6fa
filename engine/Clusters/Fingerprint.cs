using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>What an object says, as one short text: equal as long as nobody has changed it, whatever its controller has counted meanwhile.</summary>
internal static class Fingerprint
{
    private static readonly string[] NotSaid = ["status", "apiVersion", "kind"];
    private static readonly string[] OfEachWrite = ["managedFields", "resourceVersion", "generation"];

    /// <summary>Without what changes by every write, and without the status, which is the controller's. The server sorts what has no order.</summary>
    public static string Of<T>(T one)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        using var document = JsonDocument.Parse(KubernetesJson.Serialize(one));
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
            WriteObject(writer, document.RootElement, NotSaid);
        return Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan));
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement map, string[] leftOut)
    {
        writer.WriteStartObject();
        foreach (var property in map.EnumerateObject().Where(property => !leftOut.Contains(property.Name)).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(property.Name);
            Write(writer, property.Value, leftOut == NotSaid && property.Name == "metadata" ? OfEachWrite : []);
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, string[] leftOut)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            WriteObject(writer, value, leftOut);
            return;
        }
        if (value.ValueKind != JsonValueKind.Array)
        {
            value.WriteTo(writer);
            return;
        }
        writer.WriteStartArray();
        foreach (var item in value.EnumerateArray())
            Write(writer, item, []);
        writer.WriteEndArray();
    }
}
