using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>Deletion, and at once what the garbage collector does after it.</summary>
internal sealed class Deletions(Store store)
{
    public JsonObject One(ApiRequest request, Resource resource)
    {
        var live = store.Find(resource, request.Namespace, request.Name) ?? throw ApiException.NotFound(resource, request.Name);
        var options = request.Body.Length > 0 ? request.Content() : [];
        CheckPreconditions(resource, live, options["preconditions"]);
        if (Option(request, options, "dryRun").Length == 0)
            live = Remove(resource, live, Policy(request, options, resource));
        return resource.AnswersWithTheDeleted ? live : Success(resource, live);
    }

    public JsonObject Collection(ApiRequest request, Resource resource)
    {
        var options = request.Body.Length > 0 ? request.Content() : [];
        var found = store.List(resource, request.Namespace).Where(Selectors.Of(request)).ToList();
        if (Option(request, options, "dryRun").Length == 0)
            foreach (var value in found)
                Remove(resource, value, Policy(request, options, resource));
        return new JsonObject { ["kind"] = resource.Kind + "List", ["apiVersion"] = resource.ApiVersion, ["metadata"] = new JsonObject(), ["items"] = new JsonArray([.. found]) };
    }

    public JsonObject Remove(Resource resource, JsonObject value, string policy)
    {
        lock (store.Gate)
        {
            if (policy == "Foreground")
                Collect(value);
            var last = store.Remove(resource, value);
            if (policy == "Orphan")
                Orphan(value.Uid());
            else
                Collect(value);
            if (resource == Resource.Namespaces)
                foreach (var inside in Resource.All.Where(one => one.Namespaced))
                    foreach (var one in store.List(inside, value.Name()))
                        store.Remove(inside, one);
            return last;
        }
    }

    private void Collect(JsonObject owner)
    {
        foreach (var (resource, dependent) in store.OwnedBy(owner.Uid()))
            Remove(resource, dependent, "Background");
    }

    private void Orphan(string uid)
    {
        foreach (var (resource, dependent) in store.OwnedBy(uid))
        {
            var left = dependent.At("metadata").Items("ownerReferences").Where(owner => Json.Text(owner, "uid") != uid).Select(owner => owner.DeepClone()).ToArray();
            dependent.Meta().Remove("ownerReferences");
            if (left.Length > 0)
                dependent.Meta()["ownerReferences"] = new JsonArray(left);
            store.Write(resource, dependent);
        }
    }

    /// <summary>For Jobs of batch/v1 the default is to leave their pods behind: pkg/registry/batch/job/strategy.go.</summary>
    private static string Policy(ApiRequest request, JsonObject options, Resource resource) =>
        Option(request, options, "propagationPolicy") is { Length: > 0 } asked ? asked : resource == Resource.Jobs ? "Orphan" : "Background";

    private static string Option(ApiRequest request, JsonObject options, string name) =>
        request[name] is { Length: > 0 } asked ? asked : options[name]?.ToString() ?? "";

    private static void CheckPreconditions(Resource resource, JsonObject live, JsonNode? expected)
    {
        if (Json.Text(expected, "uid") is { Length: > 0 } uid && uid != live.Uid())
            throw ApiException.Precondition(resource, live.Name(), $"the UID in the precondition ({uid}) does not match the UID in record ({live.Uid()}). The object might have been deleted and then recreated");
        if (Json.Text(expected, "resourceVersion") is { Length: > 0 } version && version != live.Version())
            throw ApiException.Precondition(resource, live.Name(), $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({live.Version()}). The object might have been modified");
    }

    private static JsonObject Success(Resource resource, JsonObject deleted)
    {
        var details = ApiException.Details(resource, deleted.Name());
        details["uid"] = deleted.Uid();
        return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = details };
    }
}
