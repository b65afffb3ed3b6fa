using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Rendering;

/// <summary>What a repository's CronJobs in an environment on a cluster need around them; what the operator did not ask for is none.</summary>
internal sealed record EnvironmentObjects
{
    /// <summary>Whose rights a run's pod has: none at all, and no token to ask for any. An operator may add a pull secret to it.</summary>
    public const string RunAccount = "gitops-triggers-run";

    private const string PodSecurity = "pod-security.kubernetes.io/";
    private const string Restricted = "restricted";

    public V1Namespace? Namespace { get; private init; }

    public required V1ServiceAccount Account { get; init; }

    /// <summary>Keeps every connection out of the runs' pods.</summary>
    public V1NetworkPolicy? Isolation { get; private init; }

    public V1ResourceQuota? Quota { get; private init; }

    public static EnvironmentObjects Of(EnvironmentName environment, TargetSettings.Kubernetes target, RepositoryId repository, string space)
    {
        var key = new WorkKey(repository, environment);
        return new EnvironmentObjects
        {
            Namespace = target.CreateNamespaces ? OfNamespace(repository, space) : null,
            Account = OfAccount(repository, space),
            Isolation = target.Isolate ? OfIsolation(key, space) : null,
            Quota = target.Quota is { } quota ? OfQuota(key, space, quota) : null,
        };
    }

    // Without an environment: two of them may share a namespace, and then this and the account too.
    private static V1Namespace OfNamespace(RepositoryId repository, string space) => new()
    {
        ApiVersion = V1Namespace.KubeApiVersion,
        Kind = V1Namespace.KubeKind,
        Metadata = new V1ObjectMeta
        {
            Name = space,
            Labels = new SortedDictionary<string, string>(OwnershipLabels.Of(repository), StringComparer.Ordinal)
            {
                [PodSecurity + "enforce"] = Restricted,
                [PodSecurity + "warn"] = Restricted,
            },
        },
    };

    private static V1ServiceAccount OfAccount(RepositoryId repository, string space) => new()
    {
        ApiVersion = V1ServiceAccount.KubeApiVersion,
        Kind = V1ServiceAccount.KubeKind,
        Metadata = new V1ObjectMeta { Name = RunAccount, NamespaceProperty = space, Labels = OwnershipLabels.Of(repository) },
        AutomountServiceAccountToken = false,
    };

    private static V1NetworkPolicy OfIsolation(WorkKey key, string space) => new()
    {
        ApiVersion = $"{V1NetworkPolicy.KubeGroup}/{V1NetworkPolicy.KubeApiVersion}",
        Kind = V1NetworkPolicy.KubeKind,
        Metadata = new V1ObjectMeta { Name = $"gitops-triggers-isolate-{key.Environment}", NamespaceProperty = space, Labels = OwnershipLabels.Of(key) },
        // A policy of ingress without a rule lets nothing in.
        Spec = new V1NetworkPolicySpec { PodSelector = new V1LabelSelector { MatchLabels = OwnershipLabels.Of(key) }, PolicyTypes = ["Ingress"] },
    };

    private static V1ResourceQuota OfQuota(WorkKey key, string space, NamespaceQuota quota)
    {
        var hard = new SortedDictionary<string, ResourceQuantity>(StringComparer.Ordinal);
        if (quota.Cpu is { } cpu)
            hard["requests.cpu"] = new(cpu.Text);
        if (quota.Memory is { } memory)
            hard["limits.memory"] = new(memory.Text);
        if (quota.Runs is { } runs)
            hard["pods"] = new(runs.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new V1ResourceQuota
        {
            ApiVersion = V1ResourceQuota.KubeApiVersion,
            Kind = V1ResourceQuota.KubeKind,
            Metadata = new V1ObjectMeta { Name = $"gitops-triggers-{key.Environment}", NamespaceProperty = space, Labels = OwnershipLabels.Of(key) },
            Spec = new V1ResourceQuotaSpec { Hard = hard },
        };
    }
}
