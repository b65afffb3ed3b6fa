using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>Every kind of object that the engine applies. There are no others.</summary>
internal static class ResourceKinds
{
    public static readonly ResourceKind<V1CronJob> CronJob = new()
    {
        Name = V1CronJob.KubeKind,
        Read = (client, one, ct) => client.BatchV1.ReadNamespacedCronJobAsync(one.Metadata.Name, one.Metadata.NamespaceProperty, cancellationToken: ct),
        Patch = (client, one, patch, options, ct) => client.BatchV1.PatchNamespacedCronJobAsync(
            patch, one.Metadata.Name, one.Metadata.NamespaceProperty, options.DryRun, ApplyOptions.FieldManager, ApplyOptions.FieldValidation, options.Force, cancellationToken: ct),
    };

    public static readonly ResourceKind<V1Namespace> Namespace = new()
    {
        Name = V1Namespace.KubeKind,
        Read = (client, one, ct) => client.CoreV1.ReadNamespaceAsync(one.Metadata.Name, cancellationToken: ct),
        Patch = (client, one, patch, options, ct) => client.CoreV1.PatchNamespaceAsync(
            patch, one.Metadata.Name, options.DryRun, ApplyOptions.FieldManager, ApplyOptions.FieldValidation, options.Force, cancellationToken: ct),
    };

    public static readonly ResourceKind<V1ServiceAccount> ServiceAccount = new()
    {
        Name = V1ServiceAccount.KubeKind,
        Read = (client, one, ct) => client.CoreV1.ReadNamespacedServiceAccountAsync(one.Metadata.Name, one.Metadata.NamespaceProperty, cancellationToken: ct),
        Patch = (client, one, patch, options, ct) => client.CoreV1.PatchNamespacedServiceAccountAsync(
            patch, one.Metadata.Name, one.Metadata.NamespaceProperty, options.DryRun, ApplyOptions.FieldManager, ApplyOptions.FieldValidation, options.Force, cancellationToken: ct),
    };

    public static readonly ResourceKind<V1NetworkPolicy> NetworkPolicy = new()
    {
        Name = V1NetworkPolicy.KubeKind,
        Read = (client, one, ct) => client.NetworkingV1.ReadNamespacedNetworkPolicyAsync(one.Metadata.Name, one.Metadata.NamespaceProperty, cancellationToken: ct),
        Patch = (client, one, patch, options, ct) => client.NetworkingV1.PatchNamespacedNetworkPolicyAsync(
            patch, one.Metadata.Name, one.Metadata.NamespaceProperty, options.DryRun, ApplyOptions.FieldManager, ApplyOptions.FieldValidation, options.Force, cancellationToken: ct),
    };

    public static readonly ResourceKind<V1ResourceQuota> ResourceQuota = new()
    {
        Name = V1ResourceQuota.KubeKind,
        Read = (client, one, ct) => client.CoreV1.ReadNamespacedResourceQuotaAsync(one.Metadata.Name, one.Metadata.NamespaceProperty, cancellationToken: ct),
        Patch = (client, one, patch, options, ct) => client.CoreV1.PatchNamespacedResourceQuotaAsync(
            patch, one.Metadata.Name, one.Metadata.NamespaceProperty, options.DryRun, ApplyOptions.FieldManager, ApplyOptions.FieldValidation, options.Force, cancellationToken: ct),
    };
}
