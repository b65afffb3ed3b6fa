using CliWrap;
using CliWrap.Buffered;
using GitOps.Triggers.Tests.Builds;
using GitOps.Triggers.Tests.Support;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace GitOps.Triggers.Tests.Charts;

/// <summary>Each set-up before the API server of <c>KUBECONFIG_TEST</c>, which says of every object whether it would take it.</summary>
public sealed class RealClusterChartSpecs : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private readonly string space = $"kt7-{Guid.NewGuid():N}"[..12];

    public static TheoryData<string> SetUps => ChartSpecs.SetUps;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string[] Namespaces => [space, space + "-builds", space + "-dev"];

    public async ValueTask InitializeAsync()
    {
        foreach (var one in Namespaces)
            Done(await KubectlAsync("create", "namespace", one));
        Done(await KubectlAsync("label", "namespace", space, "pod-security.kubernetes.io/enforce=restricted"));
        Done(await KubectlAsync("create", "serviceaccount", "gitops-triggers", "--namespace", space));
    }

    public async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("KUBECONFIG_TEST") is { Length: > 0 })
            await KubectlAsync(["delete", "namespace", "--wait=false", .. Namespaces]);
        folder.Dispose();
    }

    [Theory, MemberData(nameof(SetUps))]
    public async Task It_takes_everything_and_the_pod_is_restricted(string setUp)
    {
        var rendered = await Helm.RenderAsync(
            setUp, Ct, ["--namespace", space, "--set", $"builds.namespace={space}-builds", "--set", $"rbac.namespaces={{{space}-dev}}", "--set", "rbac.watch=true", .. await WithoutUnknownKindsAsync()]);

        var applied = Done(await KubectlAsync("apply", "--dry-run=server", "--filename", folder.Write("chart.yaml", rendered)));

        // Namespaces that somebody else made are told of, and so is nothing else.
        Assert.DoesNotContain(applied.StandardError.Split('\n'), line => line.Contains("Warning", StringComparison.Ordinal) && !line.Contains("last-applied-configuration", StringComparison.Ordinal));
        var deployment = YamlNodes.Documents(rendered).OfKind("Deployment").Single();
        Done(await CreateAsync(deployment.Map("spec", "template")));
        deployment.Map("spec", "template", "spec", "securityContext").Children.Remove("runAsNonRoot");
        Assert.Contains("violates PodSecurity", (await CreateAsync(deployment.Map("spec", "template"))).StandardError, StringComparison.Ordinal);
    }

    /// <summary>The kinds of the Prometheus Operator and of the Gateway API are left out where the cluster does not have them.</summary>
    private static async Task<IReadOnlyList<string>> WithoutUnknownKindsAsync()
    {
        var known = Done(await KubectlAsync("api-resources", "--output", "name")).StandardOutput.Split('\n');
        (string Kind, string Value)[] all =
        [
            ("servicemonitors.monitoring.coreos.com", "monitoring.serviceMonitor"), ("prometheusrules.monitoring.coreos.com", "monitoring.alerts"), ("httproutes.gateway.networking.k8s.io", "httpRoute"),
        ];
        return [.. all.Where(one => !known.Contains(one.Kind)).SelectMany(one => new[] { "--set", $"{one.Value}.enabled=false" })];
    }

    private async Task<BufferedCommandResult> CreateAsync(YamlMappingNode template)
    {
        var pod = new YamlMappingNode("apiVersion", "v1", "kind", "Pod", "metadata", new YamlMappingNode("name", "engine"), "spec", template.Children["spec"]);
        await using var text = new StringWriter();
        new YamlStream(new YamlDocument(pod)).Save(text, assignAnchors: false);
        return await KubectlAsync("create", "--dry-run=server", "--namespace", space, "--filename", folder.Write("pod.yaml", text.ToString()));
    }

    private static BufferedCommandResult Done(BufferedCommandResult result)
    {
        Assert.True(result.IsSuccess, result.StandardError);
        return result;
    }

    private static async Task<BufferedCommandResult> KubectlAsync(params string[] arguments)
    {
        var kubeconfig = ClusterVariables.Kubeconfig;
        try
        {
            return await CliWrap.Cli.Wrap("kubectl").WithArguments(["--kubeconfig", kubeconfig, .. arguments]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(CancellationToken.None);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no kubectl on this machine.");
            throw;
        }
    }
}
