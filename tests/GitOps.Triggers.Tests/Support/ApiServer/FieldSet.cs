using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>Paths of fields, each a row of elements (<c>f:spec</c>, <c>k:{"name":"a"}</c>), as they are in <c>managedFields</c>.</summary>
internal static class FieldSet
{
    private const char Separator = '\u001f';

    /// <summary>Keys are written as they are.</summary>
    public static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Every leaf with its value, and every item of a keyed list. What the server itself writes belongs to nobody.</summary>
    public static Dictionary<string, JsonNode?> Of(JsonObject value)
    {
        var owned = value.Copy();
        foreach (var name in (string[])["apiVersion", "kind"])
            owned.Remove(name);
        if (owned["metadata"] is JsonObject metadata)
        {
            foreach (var name in (string[])["name", "generateName", "namespace", "uid", "creationTimestamp", "generation", "resourceVersion", "managedFields"])
                metadata.Remove(name);
            if (metadata.Count == 0)
                owned.Remove("metadata");
        }
        var found = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, child) in owned)
            Collect(found, "f:" + name, name, child);
        return found;
    }

    public static JsonObject Write(IEnumerable<string> paths)
    {
        var root = new JsonObject();
        var members = paths.ToHashSet(StringComparer.Ordinal);
        foreach (var path in members.Order(StringComparer.Ordinal))
            _ = Elements(path).Aggregate(root, (node, element) => node.Child(element));
        foreach (var path in members)
            if (Elements(path).Aggregate(root, (node, element) => node.Child(element)) is { Count: > 0 } inner)
                inner["."] = new JsonObject();
        return root;
    }

    public static IEnumerable<string> Read(JsonObject fields, string prefix = "")
    {
        foreach (var (element, value) in fields)
        {
            var child = (JsonObject)value!;
            var path = prefix.Length == 0 ? element : prefix + Separator + element;
            if (element == ".")
                yield return prefix;
            else if (child.Count == 0)
                yield return path;
            else
                foreach (var inner in Read(child, path))
                    yield return inner;
        }
    }

    public static string[] Elements(string path) => path.Split(Separator);

    /// <summary>The path itself and all above it.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf(Separator, end - 1))
            yield return path[..end];
    }

    /// <summary>As messages show it: <c>.spec.containers[name="a"].image</c>.</summary>
    public static string Show(string path) => string.Concat(Elements(path).Select(element => element.StartsWith("f:", StringComparison.Ordinal)
        ? "." + element[2..]
        : $"[{string.Join(',', ((JsonObject)JsonNode.Parse(element[2..])!).Select(part => $"{part.Key}={part.Value!.ToJsonString(Plain)}"))}]"));

    private static void Collect(Dictionary<string, JsonNode?> found, string path, string field, JsonNode? value)
    {
        if (value is JsonObject { Count: > 0 } inner && !ListKeys.IsAtomic(field))
        {
            foreach (var (name, child) in inner)
                Collect(found, path + Separator + "f:" + name, name, child);
        }
        else if (value is JsonArray { Count: > 0 } items && ListKeys.Of(field).Count > 0)
        {
            foreach (var item in items.OfType<JsonObject>())
            {
                var place = path + Separator + ListKeys.Element(field, item);
                found[place] = null;
                foreach (var (name, child) in item)
                    Collect(found, place + Separator + "f:" + name, name, child);
            }
        }
        else
        {
            found[path] = value;
        }
    }
}
