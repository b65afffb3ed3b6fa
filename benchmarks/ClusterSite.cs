using k8s;

namespace GitOps.Triggers.Benchmarks;

/// <summary>A real cluster, which others may use meanwhile.</summary>
internal sealed class ClusterSite : ISite
{
    /// <summary>The name by which the tests know it too.</summary>
    public const string Variable = "KUBECONFIG_TEST";

    private ClusterSite(string kubeconfig, string version)
    {
        (Kubeconfig, Name) = (kubeconfig, $"Kubernetes {version}");
        Client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
    }

    public string Name { get; }

    public string Kubeconfig { get; }

    public Kubernetes Client { get; }

    public static async Task<ClusterSite> OpenAsync(string kubeconfig)
    {
        using var client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
        return new ClusterSite(kubeconfig, (await client.Version.GetCodeAsync()).GitVersion);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return ValueTask.CompletedTask;
    }
}
