using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>Short forms for reading objects as JSON.</summary>
internal static class Json
{
    public static JsonObject Copy(this JsonObject value) => (JsonObject)value.DeepClone();

    /// <summary>The object under that name, made when it is not there.</summary>
    public static JsonObject Child(this JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
            parent[name] = child = [];
        return child;
    }

    public static JsonObject Meta(this JsonObject value) => value.Child("metadata");

    public static string Name(this JsonObject value) => Text(value["metadata"], "name");

    public static string Namespace(this JsonObject value) => Text(value["metadata"], "namespace");

    public static string Uid(this JsonObject value) => Text(value["metadata"], "uid");

    public static string Version(this JsonObject value) => Text(value["metadata"], "resourceVersion");

    public static string Text(JsonNode? parent, string name) => parent is JsonObject && parent[name] is JsonValue value ? value.ToString() : "";

    public static JsonNode? At(this JsonNode? value, params IEnumerable<string> names) =>
        names.Aggregate(value, (node, name) => node is JsonObject parent ? parent[name] : null);

    public static IEnumerable<JsonObject> Items(this JsonNode? value, string name) =>
        value is JsonObject parent && parent[name] is JsonArray items ? items.OfType<JsonObject>() : [];

    /// <summary>Sets the value when there is none.</summary>
    public static void Default(this JsonObject parent, string name, JsonNode? value)
    {
        if (parent[name] is null)
            parent[name] = value;
    }

    public static void CopyFrom(this JsonObject target, JsonObject source, string name)
    {
        target.Remove(name);
        if (source[name] is { } value)
            target[name] = value.DeepClone();
    }
}
