using System.Reflection;
using System.Text.Json.Nodes;
using k8s.Models;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>A kind of objects that the server keeps, and how its paths and messages name it.</summary>
internal sealed record Resource(string Group, string Plural, string Kind, bool Namespaced = true)
{
    public static readonly Resource Namespaces = new("", "namespaces", "Namespace", Namespaced: false);
    public static readonly Resource Pods = new("", "pods", "Pod");
    public static readonly Resource CronJobs = new("batch", "cronjobs", "CronJob");
    public static readonly Resource Jobs = new("batch", "jobs", "Job");
    public static readonly Resource AccessReviews = new("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview", Namespaced: false);

    public static readonly IReadOnlyList<Resource> All =
    [
        Namespaces, Pods, CronJobs, Jobs, AccessReviews,
        new("", "serviceaccounts", "ServiceAccount"),
        new("", "secrets", "Secret"),
        new("", "configmaps", "ConfigMap"),
        new("", "events", "Event"),
        new("", "resourcequotas", "ResourceQuota"),
        new("", "limitranges", "LimitRange"),
        new("networking.k8s.io", "networkpolicies", "NetworkPolicy"),
    ];

    public string ApiVersion => Group.Length == 0 ? "v1" : Group + "/v1";

    /// <summary>As in <c>cronjobs.batch "a" not found</c>.</summary>
    public string Qualified => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>As in <c>CronJob.batch "a" is invalid</c>.</summary>
    public string QualifiedKind => Group.Length == 0 ? Kind : $"{Kind}.{Group}";

    /// <summary>Only what has a desired state counts its versions.</summary>
    public bool CountsGenerations => Plural is "cronjobs" or "jobs" or "networkpolicies" or "pods";

    /// <summary>The API server's <c>ReturnDeletedObject</c>; of all others a deletion is answered with a Status.</summary>
    public bool AnswersWithTheDeleted => Plural is "pods" or "resourcequotas" or "serviceaccounts";

    public static Resource? Find(string group, string plural) => All.FirstOrDefault(one => one.Group == group && one.Plural == plural);

    public static Resource OfKind(string kind) => All.Single(one => one.Kind == kind);

    public static Resource Of<T>() => typeof(T).GetCustomAttribute<KubernetesEntityAttribute>() is { } entity && Find(entity.Group ?? "", entity.PluralName) is { } found
        ? found
        : throw new ArgumentException($"{typeof(T).Name} is not a kind that this server keeps: see Resource.All");

    /// <summary>Gives the object the kind and version that typed clients leave out.</summary>
    public JsonObject Named(JsonObject value)
    {
        value["apiVersion"] = ApiVersion;
        value["kind"] = Kind;
        return value;
    }
}
