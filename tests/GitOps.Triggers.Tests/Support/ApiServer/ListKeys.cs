using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>
/// Which lists are merged item by item, and by which fields; all others are one value. So are some maps. Kubernetes has this in its
/// schema (<c>x-kubernetes-list-map-keys</c>, <c>x-kubernetes-map-type: atomic</c>); here it goes by the field's name.
/// </summary>
internal static class ListKeys
{
    public static IReadOnlyList<string> Of(string field) => field switch
    {
        "containers" or "initContainers" or "env" or "volumes" or "imagePullSecrets" => ["name"],
        "volumeMounts" => ["mountPath"],
        "ports" => ["containerPort", "protocol"],
        "ownerReferences" => ["uid"],
        "conditions" => ["type"],
        _ => [],
    };

    public static bool IsAtomic(string field) =>
        field is "nodeSelector" or "selector" or "podSelector" or "namespaceSelector" or "secretKeyRef" or "configMapKeyRef" or "fieldRef" or "resourceFieldRef";

    /// <summary>The item's place as Kubernetes writes it: <c>k:{"name":"a"}</c>.</summary>
    public static string Element(string field, JsonNode? item)
    {
        var key = new JsonObject();
        foreach (var name in Of(field))
            key[name] = item is JsonObject value && value[name] is { } part ? part.DeepClone() : name == "protocol" ? "TCP" : "";
        return "k:" + key.ToJsonString(FieldSet.Plain);
    }
}
