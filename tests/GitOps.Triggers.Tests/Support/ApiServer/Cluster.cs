using System.Text.Json.Nodes;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What the server keeps, and what it can do with that at one request.</summary>
internal sealed class Cluster
{
    private readonly Lists lists;
    private readonly Deletions deletions;

    public Cluster(TimeProvider time)
    {
        (lists, deletions, Writes, Logs, Watches) = (new(Store), new(Store), new(Store, time), new(Store), new(Store, time));
        Writes.Put(Resource.Namespaces, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default" } }, "kube-apiserver");
    }

    public Store Store { get; } = new();

    public Writes Writes { get; }

    public PodLogs Logs { get; }

    public Watches Watches { get; }

    /// <summary>What the caller may do: asked with the <c>resourceAttributes</c> of a review.</summary>
    public Func<JsonObject, bool> Allows { get; set; } = _ => true;

    public void Compact()
    {
        Store.Compact();
        lists.Compact();
    }

    public void Delete(Resource resource, string space, string name)
    {
        lock (Store.Gate)
            deletions.Remove(resource, Store.Find(resource, space, name) ?? throw ApiException.NotFound(resource, name), "Background");
    }

    /// <exception cref="ApiException">The answer is a Status.</exception>
    public Answer Answer(ApiRequest request, Resource resource)
    {
        lock (Store.Gate)
        {
            return (request.Verb, request.Name.Length > 0) switch
            {
                ("POST", false) when resource == Resource.AccessReviews => Review(request.Content()),
                ("GET", true) => new Answer(200, Store.Find(resource, request.Namespace, request.Name) ?? throw ApiException.NotFound(resource, request.Name)),
                ("GET", false) => new Answer(200, lists.Get(request, resource)),
                ("POST", false) => new Answer(201, Writes.Create(request, resource)),
                ("PUT", true) => new Answer(200, Writes.Replace(request, resource)),
                ("PATCH", true) => Patch(request, resource),
                ("DELETE", true) => new Answer(200, deletions.One(request, resource)),
                ("DELETE", false) => new Answer(200, deletions.Collection(request, resource)),
                _ => throw new ApiException(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"),
            };
        }
    }

    private Answer Patch(ApiRequest request, Resource resource)
    {
        var isNew = Store.Find(resource, request.Namespace, request.Name) is null;
        return new Answer(isNew ? 201 : 200, Writes.Patch(request, resource));
    }

    private Answer Review(JsonObject review)
    {
        review["status"] = new JsonObject { ["allowed"] = Allows(review.At("spec", "resourceAttributes") as JsonObject ?? []) };
        return new Answer(201, Resource.AccessReviews.Named(review));
    }
}
