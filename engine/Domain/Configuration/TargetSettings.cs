namespace GitOps.Triggers.Domain;

internal abstract record TargetSettings
{
    /// <summary>Containers on this machine.</summary>
    internal sealed record Local : TargetSettings;

    /// <summary>CronJobs on a cluster. <paramref name="Namespace"/> may hold <c>{repository}</c>.</summary>
    internal sealed record Kubernetes(string? Kubeconfig, string? Context, string Namespace) : TargetSettings;
}
