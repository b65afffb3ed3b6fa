using System.Text.Json.Nodes;
using k8s.Models;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>
/// An object as it is after a trip through the server's types: quantities in their canonical form, and without what Go's
/// <c>omitempty</c> leaves out. Who compares an object with what was sent has to live with that.
/// </summary>
internal static class Canonical
{
    public static JsonObject Of(JsonObject value)
    {
        Make(value);
        return value;
    }

    public static void Make(JsonObject value)
    {
        foreach (var (name, child) in value.ToList())
        {
            if (child is JsonObject inner)
                Inside(name, inner);
            else
                foreach (var item in child as JsonArray ?? [])
                    if (item is JsonObject element)
                        Make(element);
            if (IsLeftOut(name, child))
                value.Remove(name);
            else if (name == "sizeLimit")
                value[name] = Quantity(child!);
        }
    }

    private static void Inside(string name, JsonObject value)
    {
        if (name is "limits" or "requests" or "hard" or "used" or "max" or "min" or "default" or "defaultRequest")
            foreach (var (resource, quantity) in value.ToList())
                value[resource] = Quantity(quantity!);
        else if (name is not ("labels" or "annotations" or "data" or "stringData" or "matchLabels" or "nodeSelector" or "fieldsV1"))
            Make(value);
    }

    private static bool IsLeftOut(string name, JsonNode? value) => value switch
    {
        null => true,
        JsonArray items => items.Count == 0,
        JsonObject map => map.Count == 0 && name is "labels" or "annotations" or "data" or "stringData" or "matchLabels" or "nodeSelector" or "limits" or "requests",
        JsonValue text when text.TryGetValue<string>(out var written) => written.Length == 0 && name is not ("apiGroup" or "type"),
        JsonValue flag when flag.TryGetValue<bool>(out var isSet) => !isSet && name is "hostNetwork" or "hostPID" or "hostIPC" or "readOnly" or "stdin" or "stdinOnce" or "tty",
        _ => false,
    };

    private static JsonValue Quantity(JsonNode value) => JsonValue.Create(new ResourceQuantity(value.ToString()).CanonicalizeString());
}
