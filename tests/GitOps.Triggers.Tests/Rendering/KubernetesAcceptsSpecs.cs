using GitOps.Triggers.Rendering;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Rendering;

/// <summary>What is rendered, before a real API server: the cluster of the kubeconfig that <c>KUBECONFIG_TEST</c> names.</summary>
public sealed class KubernetesAcceptsSpecs : IAsyncLifetime
{
    private readonly string space = "rendering-" + Guid.NewGuid().ToString("N")[..8];
    private Kubernetes? cluster;

    public static TheoryData<string, string> Cases => [.. RenderCases.All];

    public async ValueTask InitializeAsync()
    {
        var kubeconfig = Environment.GetEnvironmentVariable("KUBECONFIG_TEST");
        Assert.SkipUnless(File.Exists(kubeconfig), "KUBECONFIG_TEST names no kubeconfig of a cluster to test with.");
        cluster = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
        await cluster.CoreV1.CreateNamespaceAsync(new V1Namespace
        {
            Metadata = new V1ObjectMeta { Name = space, Labels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = "restricted" } },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null)
            await cluster.CoreV1.DeleteNamespaceAsync(space);
        cluster?.Dispose();
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task It_is_applied_as_it_is_printed_and_applying_it_again_changes_nothing(string name, string environment)
    {
        var job = Rendered(name, environment);

        var applied = await ApplyAsync(job);
        var again = await ApplyAsync(job);

        Assert.Equal(applied.Metadata.ResourceVersion, again.Metadata.ResourceVersion);
        Assert.Equal(Variables(job), Variables(applied));
        Assert.Equal(job.Metadata.Annotations, applied.Metadata.Annotations);
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Its_pod_passes_pod_security_restricted(string name, string environment)
    {
        var template = Rendered(name, environment).Spec.JobTemplate.Spec.Template;
        template.Spec.ServiceAccountName = await ServiceAccountAsync();

        await Cluster.CoreV1.CreateNamespacedPodAsync(new V1Pod { Metadata = new V1ObjectMeta { Name = "pod" }, Spec = template.Spec }, space, dryRun: "All");
    }

    [Theory]
    [InlineData("""{"spec":{"suspend":true,"schedule":"0 0 * * *","timeZone":"Etc/UTC","concurrencyPolicy":"Allow"}}""")]
    [InlineData("""{"spec":{"startingDeadlineSeconds":10,"successfulJobsHistoryLimit":0,"failedJobsHistoryLimit":0}}""")]
    [InlineData("""{"spec":{"jobTemplate":{"spec":{"backoffLimit":9,"activeDeadlineSeconds":9,"parallelism":9,"completions":9,"suspend":true}}}}""")]
    [InlineData("""{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"automountServiceAccountToken":true,"enableServiceLinks":true,"hostNetwork":true,"hostPID":true,"serviceAccountName":"another"}}}}}}""")]
    [InlineData("""{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"name":"trigger","command":["sh"],"args":["-c","id"],"image":"another"}]}}}}}}""")]
    [InlineData("""{"spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[{"name":"trigger","securityContext":{"privileged":true,"allowPrivilegeEscalation":true,"readOnlyRootFilesystem":false}}]}}}}}}""")]
    public async Task What_somebody_changes_by_hand_is_put_back(string change)
    {
        var job = Rendered("awkward-values", "prod");
        var before = await ApplyAsync(job);
        var changed = await Cluster.BatchV1.PatchNamespacedCronJobAsync(new V1Patch(change, V1Patch.PatchType.StrategicMergePatch), job.Metadata.Name, space, fieldManager: "somebody");

        var after = await ApplyAsync(job);

        Assert.NotEqual(KubernetesYaml.Serialize(before.Spec), KubernetesYaml.Serialize(changed.Spec));
        Assert.Equal(KubernetesYaml.Serialize(before.Spec), KubernetesYaml.Serialize(after.Spec));
    }

    private Kubernetes Cluster => cluster!;

    private V1CronJob Rendered(string name, string environment)
    {
        var job = CronJobRenderer.Render(RenderCases.Input(name, environment));
        job.Metadata.NamespaceProperty = space;
        return job;
    }

    /// <summary>As printed, so that the API server's own YAML reader has its say.</summary>
    private async Task<V1CronJob> ApplyAsync(V1CronJob job)
    {
        var address = new Uri(Cluster.BaseUri, $"apis/batch/v1/namespaces/{space}/cronjobs/{job.Metadata.Name}?fieldManager=gitops-triggers&force=true");
        using var yaml = new StringContent(RenderedYaml.Write(job), null, "application/apply-patch+yaml");
        using var response = await Cluster.HttpClient.PatchAsync(address, yaml);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return KubernetesJson.Deserialize<V1CronJob>(body);
    }

    private async Task<string> ServiceAccountAsync()
    {
        // The default one comes from a controller that need not be there.
        var account = await Cluster.CoreV1.CreateNamespacedServiceAccountAsync(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "runs" } }, space);
        return account.Metadata.Name;
    }

    private static IEnumerable<(string, string?)> Variables(V1CronJob job) =>
        job.Spec.JobTemplate.Spec.Template.Spec.Containers[0].Env.Select(variable => (variable.Name, string.IsNullOrEmpty(variable.Value) ? null : variable.Value));
}
