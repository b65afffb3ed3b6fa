using GitOps.Triggers.Tests.Support;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>A namespace for builds on a real cluster, made as docs/kubernetes/builds.yaml makes it, and an engine's account with just its rights.</summary>
internal sealed class BuildsNamespace(Kubernetes client, KubernetesClientConfiguration access, string name) : IAsyncDisposable
{
    private const string Account = "gitops-triggers";

    public string Name => name;

    public static async Task<BuildsNamespace> MakeAsync(string kubeconfig)
    {
        var access = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);
        var made = new BuildsNamespace(new Kubernetes(access), access, $"kt6-{Guid.NewGuid().ToString("N")[..8]}");
        var text = await File.ReadAllTextAsync(Source.File("docs", "kubernetes", "builds.yaml"));
        // The engine's account stands in the same namespace here, so that it goes with it.
        foreach (var one in KubernetesYaml.LoadAllFromString(text.Replace("gitops-triggers-builds", made.Name, StringComparison.Ordinal).Replace("namespace: gitops-triggers\n", $"namespace: {made.Name}\n", StringComparison.Ordinal)))
            await made.CreateAsync(one);
        await made.CreateAsync(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = Account } });
        return made;
    }

    /// <returns>A kubeconfig's text with a token of the engine's account.</returns>
    public async Task<string> KubeconfigAsync()
    {
        var token = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { Audiences = [] } }, Account, name);
        var authority = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(string.Join('\n', access.SslCaCerts.Select(one => one.ExportCertificatePem()))));
        return $$"""
            apiVersion: v1
            kind: Config
            current-context: engine
            clusters: [ { name: cluster, cluster: { server: "{{access.Host}}", certificate-authority-data: "{{authority}}" } } ]
            users: [ { name: engine, user: { token: "{{token.Status.Token}}" } } ]
            contexts: [ { name: engine, context: { cluster: cluster, user: engine } } ]
            """;
    }

    public async Task<IReadOnlyList<V1Job>> JobsAsync() => [.. (await client.BatchV1.ListNamespacedJobAsync(name)).Items];

    public async ValueTask DisposeAsync()
    {
        await client.CoreV1.DeleteNamespaceAsync(name);
        client.Dispose();
    }

    private Task CreateAsync(object one) => one switch
    {
        V1Namespace space => client.CoreV1.CreateNamespaceAsync(space),
        V1ServiceAccount account => client.CoreV1.CreateNamespacedServiceAccountAsync(account, name),
        V1Role role => client.RbacAuthorizationV1.CreateNamespacedRoleAsync(role, name),
        V1RoleBinding binding => client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(binding, name),
        V1NetworkPolicy policy => client.NetworkingV1.CreateNamespacedNetworkPolicyAsync(policy, name),
        V1ResourceQuota quota => client.CoreV1.CreateNamespacedResourceQuotaAsync(quota, name),
        _ => throw new InvalidOperationException($"Nobody said how to make a {one.GetType().Name}."),
    };
}
