using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Builds;

/// <summary>Asks a cluster whether the engine's account may do what builds there need.</summary>
internal static class ClusterBuildRights
{
    /// <summary>As in docs/kubernetes/builds.yaml; the resources of the core group have no group.</summary>
    public static readonly IReadOnlyList<(string Group, string Resource, string Verb)> Needed =
    [
        ("batch", "jobs", "get"), ("batch", "jobs", "list"), ("batch", "jobs", "create"), ("batch", "jobs", "delete"),
        ("", "pods", "get"), ("", "pods", "list"), ("", "pods/log", "get"), ("", "secrets", "create"),
    ];

    /// <summary>What keeps an engine with this configuration from starting: a kubeconfig that cannot be used. A cluster that does not answer does not.</summary>
    public static IReadOnlyList<Finding> Check(EngineConfiguration configuration, string file) => configuration.Builder.Cluster is { } settings && Kubeconfig.Problem(settings.Access) is { } problem
        ? [new Finding { File = file, Path = "builder", Message = problem, Fix = "Mend the kubeconfig, or name another one." }]
        : [];

    /// <returns>What is seen, and what to do about it; nothing to do when all is well.</returns>
    public static async Task<(string Message, string? Fix)> LookAsync(ClusterBuilderSettings settings, TimeProvider time, CancellationToken ct)
    {
        var place = $"Jobs in {settings.Namespace} of {settings.Access}";
        using var cluster = new Cluster(settings.Access, time);
        try
        {
            var missing = new List<string>();
            foreach (var right in Needed)
            {
                if (!await MayAsync(cluster, settings.Namespace, right, ct).ConfigureAwait(false))
                    missing.Add($"{right.Verb} {right.Resource}");
            }
            return missing.Count == 0
                ? ($"{place}: the engine may do there what it needs", null)
                : ($"{place}: the engine's account may not {string.Join(", ", missing)}, or there is no such namespace.", "kubectl apply -f docs/kubernetes/builds.yaml");
        }
        catch (ClusterException failure)
        {
            return ($"{place}: {failure.Message}", "See docs/kubernetes.md for how an engine comes to a kubeconfig.");
        }
    }

    private static async Task<bool> MayAsync(Cluster cluster, string space, (string Group, string Resource, string Verb) right, CancellationToken ct)
    {
        var parts = right.Resource.Split('/');
        var review = new V1SelfSubjectAccessReview
        {
            Spec = new V1SelfSubjectAccessReviewSpec
            {
                ResourceAttributes = new V1ResourceAttributes
                {
                    NamespaceProperty = space,
                    Group = right.Group,
                    Resource = parts[0],
                    Subresource = parts.Length > 1 ? parts[1] : null,
                    Verb = right.Verb,
                },
            },
        };
        var answer = await cluster.CallAsync("ask for the engine's rights", client => client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(review, cancellationToken: ct), ct).ConfigureAwait(false);
        return answer.Status.Allowed;
    }
}
