using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>Creation, replacement, patches and applies: all end in the same few steps.</summary>
internal sealed class Writes(Store store, TimeProvider time)
{
    /// <summary>What only the server writes.</summary>
    private static readonly string[] Server = ["namespace", "name", "uid", "creationTimestamp", "generation", "resourceVersion", "managedFields", "deletionTimestamp"];

    public JsonObject Create(ApiRequest request, Resource resource)
    {
        var value = resource.Named(Given(request, resource));
        if (value.Version().Length > 0)
            throw ApiException.BadRequest("resourceVersion should not be set on objects to be created");
        if (value.Name().Length == 0 && Json.Text(value["metadata"], "generateName") is { Length: > 0 } prefix)
            value.Meta()["name"] = prefix + Guid.NewGuid().ToString("N")[..5];
        if (store.Find(resource, request.Namespace, value.Name()) is not null)
            throw ApiException.AlreadyExists(resource, value.Name());
        value.Remove("status");
        return Make(resource, value, value => ServerSideApply.Update(null, value, Updater(request, resource)), request.IsDryRun);
    }

    public JsonObject Replace(ApiRequest request, Resource resource)
    {
        var live = Live(request, resource);
        return Change(resource, live, Given(request, resource), Updater(request, resource), request.IsDryRun);
    }

    public JsonObject Patch(ApiRequest request, Resource resource)
    {
        if (request.IsApply)
            return Apply(request, resource);
        if (!request.ContentType.StartsWith("application/merge-patch+json", StringComparison.Ordinal) && !request.ContentType.StartsWith("application/strategic-merge-patch+json", StringComparison.Ordinal))
            throw new ApiException(415, "UnsupportedMediaType", $"the body of the request was in an unknown format ({request.ContentType}): this server takes merge patches and applies");
        var live = Live(request, resource);
        return Change(resource, live, (JsonObject)MergePatch.Apply(live, request.Content())!, Updater(request, resource), request.IsDryRun);
    }

    /// <summary>A write by someone who may do anything, such as a controller: with status, without a version.</summary>
    public JsonObject Put(Resource resource, JsonObject value, string manager)
    {
        lock (store.Gate)
        {
            var space = value.Namespace();
            if (resource.Namespaced && store.Find(Resource.Namespaces, "", space) is null)
                Put(Resource.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = space } }, "kube-apiserver");
            var updater = new Manager(manager, "Update", resource.ApiVersion);
            if (store.Find(resource, space, value.Name()) is not { } live)
                return Make(resource, resource.Named(value.Copy()), made => ServerSideApply.Update(null, made, updater), isDryRun: false, validate: false);
            var changed = Kept(resource, live, value);
            changed.CopyFrom(value.ContainsKey("status") ? value : live, "status");
            Defaults.Set(resource, changed);
            return Keep(resource, live, changed, ServerSideApply.Update(live, changed, updater), isDryRun: false);
        }
    }

    private JsonObject Apply(ApiRequest request, Resource resource)
    {
        if (request["fieldManager"].Length == 0)
            throw ApiException.Invalid("PatchOptions", "meta.k8s.io", "", [InvalidField.Required("fieldManager", "is required for apply patch")]);
        var wanted = Given(request, resource);
        if (Json.Text(wanted, "kind") != resource.Kind || Json.Text(wanted, "apiVersion") != resource.ApiVersion)
            throw ApiException.BadRequest($"invalid object type: {(Json.Text(wanted, "apiVersion") is { Length: > 0 } version ? version : "/")}, Kind={Json.Text(wanted, "kind")}");
        if (wanted.At("metadata", "managedFields") is not null)
            throw ApiException.BadRequest("metadata.managedFields must be nil");
        wanted.Meta().Default("name", request.Name);
        wanted.Remove("status");
        var manager = new Manager(request["fieldManager"], "Apply", resource.ApiVersion);
        var live = store.Find(resource, request.Namespace, request.Name);
        var (merged, ownership) = ServerSideApply.Apply(live, wanted, manager, request["force"] == "true");
        if (live is not null && wanted.Uid() is { Length: > 0 } other && other != live.Uid())
            throw ApiException.Invalid(resource.Kind, resource.Group, request.Name, [InvalidField.Value("metadata.uid", other, "field is immutable")]);
        if (live is null && wanted.Uid() is { Length: > 0 } uid)
            throw ApiException.Conflict(resource, request.Name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
        if (live is null)
            return Make(resource, merged, _ => ownership, request.IsDryRun);
        CheckVersion(resource, live, wanted);
        return Finish(resource, live, Kept(resource, live, merged), ownership, request.IsDryRun);
    }

    private JsonObject Change(Resource resource, JsonObject live, JsonObject wanted, Manager manager, bool isDryRun)
    {
        CheckVersion(resource, live, wanted);
        var value = Kept(resource, live, wanted);
        Defaults.Set(resource, value);
        return Finish(resource, live, value, ServerSideApply.Update(live, value, manager), isDryRun);
    }

    private JsonObject Finish(Resource resource, JsonObject live, JsonObject value, Ownership ownership, bool isDryRun)
    {
        Defaults.Set(resource, value);
        Validation.Check(resource, live, value);
        return Keep(resource, live, value, ownership, isDryRun);
    }

    /// <summary>A write that changes nothing is none: the version stays.</summary>
    private JsonObject Keep(Resource resource, JsonObject live, JsonObject value, Ownership ownership, bool isDryRun)
    {
        value.Meta().CopyFrom(live.Meta(), "managedFields");
        if (JsonNode.DeepEquals(live, value) && ownership.Same(Ownership.Of(live)))
            return live;
        if (resource.CountsGenerations && !JsonNode.DeepEquals(live["spec"], value["spec"]))
            value.Meta()["generation"] = (live.At("metadata", "generation")?.GetValue<long>() ?? 0) + 1;
        ownership.WriteTo(value, time.GetUtcNow());
        return isDryRun ? value : store.Write(resource, value);
    }

    private JsonObject Make(Resource resource, JsonObject value, Func<JsonObject, Ownership> owned, bool isDryRun, bool validate = true)
    {
        if (resource.Namespaced && store.Find(Resource.Namespaces, "", value.Namespace()) is null)
            throw ApiException.NotFound(Resource.Namespaces, value.Namespace());
        var metadata = value.Meta();
        Defaults.Set(resource, value);
        var ownership = owned(value.Copy());
        metadata.Default("uid", Guid.NewGuid().ToString());
        metadata.Default("creationTimestamp", Ownership.Moment(time.GetUtcNow()));
        if (resource.CountsGenerations)
            metadata["generation"] = 1L;
        if (resource == Resource.Jobs)
            Defaults.SelectPods(value);
        if (validate)
            Validation.Check(resource, null, value);
        ownership.WriteTo(value, time.GetUtcNow());
        return isDryRun ? value : store.Write(resource, value);
    }

    private JsonObject Live(ApiRequest request, Resource resource) =>
        store.Find(resource, request.Namespace, request.Name) ?? throw ApiException.NotFound(resource, request.Name);

    private static JsonObject Given(ApiRequest request, Resource resource)
    {
        if (request.IsDryRun && request["dryRun"] != "All")
            throw ApiException.Invalid("PatchOptions", "meta.k8s.io", "", [InvalidField.Unsupported("dryRun", request["dryRun"], "All")]);
        var value = request.Content();
        if (value.Namespace() is { Length: > 0 } space && space != request.Namespace)
            throw ApiException.BadRequest($"the namespace of the provided object does not match the namespace sent on the request: {space}, {request.Namespace}");
        if (request.Name.Length > 0 && value.Name() is { Length: > 0 } name && name != request.Name)
            throw ApiException.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Name})");
        if (resource.Namespaced)
            value.Meta()["namespace"] = request.Namespace;
        return value;
    }

    private static void CheckVersion(Resource resource, JsonObject live, JsonObject wanted)
    {
        if (wanted.Version() is { Length: > 0 } version && version != live.Version())
            throw ApiException.Conflict(resource, live.Name());
        if (wanted.Uid() is { Length: > 0 } uid && uid != live.Uid())
            throw ApiException.Conflict(resource, live.Name(), $"StorageError: invalid object, Code: 4, Key: /registry/{resource.Plural}/{live.Namespace()}/{live.Name()}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {uid}, UID in object meta: {live.Uid()}");
    }

    private static JsonObject Kept(Resource resource, JsonObject live, JsonObject wanted)
    {
        var value = resource.Named(wanted.Copy());
        foreach (var name in Server)
            value.Meta().CopyFrom(live.Meta(), name);
        value.CopyFrom(live, "status");
        return value;
    }

    private static Manager Updater(ApiRequest request, Resource resource) => new(request.FieldManager, "Update", resource.ApiVersion);
}
