using System.Text;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Tests.Support;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace GitOps.Triggers.Tests.Charts;

/// <summary>The chart by real Helm: what each set-up of its <c>ci</c> folder renders to stands beside this file, in <c>golden</c>.</summary>
public sealed class ChartSpecs
{
    public static TheoryData<string> SetUps => [.. Helm.SetUps];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Helm_has_nothing_to_say_of_it_by_itself()
    {
        var result = await Helm.RunAsync(["lint", "--strict", Helm.Chart], Ct);

        Assert.True(result.IsSuccess, result.StandardOutput + result.StandardError);
    }

    [Theory, MemberData(nameof(SetUps))]
    public async Task Helm_has_nothing_to_say_of_a_set_up(string setUp)
    {
        var result = await Helm.RunAsync(["lint", "--strict", Helm.Chart, "--values", Helm.SetUp(setUp)], Ct);

        Assert.True(result.IsSuccess, result.StandardOutput + result.StandardError);
        Assert.DoesNotContain("WARNING", result.StandardOutput, StringComparison.Ordinal);
    }

    /// <summary>With <c>UPDATE_FIXTURES=1</c> it writes what it got there instead of comparing, and the change is reviewed as a diff.</summary>
    [Theory, MemberData(nameof(SetUps))]
    public async Task A_set_up_renders_to_what_is_written_down(string setUp)
    {
        var golden = Source.File("tests", "GitOps.Triggers.Tests", "Charts", "golden", setUp.Replace("-values", "", StringComparison.Ordinal));
        // The dashboards are files of their own already.
        var rendered = await Helm.RenderAsync(setUp, Ct, "--set", "monitoring.dashboards.enabled=false");
        if (Environment.GetEnvironmentVariable("UPDATE_FIXTURES") == "1")
            await File.WriteAllTextAsync(golden, rendered, Ct);

        Assert.Equal(await File.ReadAllTextAsync(golden, Ct), rendered);
    }

    [Theory, MemberData(nameof(SetUps))]
    public async Task The_engine_takes_the_engine_yaml_that_a_set_up_renders_to(string setUp)
    {
        var config = EngineYaml(YamlNodes.Documents(await Helm.RenderAsync(setUp, Ct)));

        Assert.Empty(EngineConfigurationReader.Read("/etc/gitops-triggers/engine.yaml", Encoding.UTF8.GetBytes(config), _ => "secret").Findings);
    }

    [Theory, MemberData(nameof(SetUps))]
    public async Task Every_file_that_engine_yaml_names_is_mounted(string setUp)
    {
        var documents = YamlNodes.Documents(await Helm.RenderAsync(setUp, Ct));
        var config = EngineYaml(documents);
        var pod = documents.OfKind("Deployment").Single().Map("spec", "template", "spec");
        var mounts = pod.List("containers").Single().List("volumeMounts").Select(mount => mount.Text("mountPath")).ToHashSet();
        var files = YamlNodes.Documents(config).Single().AllNodes.OfType<YamlScalarNode>().Select(node => node.Value!).Where(value => value.StartsWith('/')).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(mounts.Contains(file) || mounts.Contains(Path.GetDirectoryName(file)!), file));
    }

    [Theory]
    [InlineData("minimal-values.yaml", "environment.yaml", "Role", "gitops-triggers")]
    [InlineData("minimal-values.yaml", "builds.yaml", "Role", "gitops-triggers-builds")]
    [InlineData("cluster-wide-values.yaml", "cluster-wide.yaml", "ClusterRole", "gitops-triggers")]
    [InlineData("cluster-wide-values.yaml", "cluster-wide.yaml", "ClusterRole", "gitops-triggers-watch")]
    public async Task The_rights_are_those_of_docs_kubernetes(string setUp, string document, string kind, string name)
    {
        var written = YamlNodes.Documents(await File.ReadAllTextAsync(Source.File("docs", "kubernetes", document), Ct));
        var rendered = YamlNodes.Documents(await Helm.RenderAsync(setUp, Ct, "--set", "rbac.watch=true"));

        var roles = rendered.OfKind(kind).Where(role => role.Map("metadata").Text("name") == name).ToList();
        Assert.NotEmpty(roles);
        Assert.All(roles, role => Assert.Equal(Rules(written.OfKind(kind).Single(one => one.Map("metadata").Text("name") == name)), Rules(role)));
    }

    /// <summary>But for the engine's own pods, which are named more narrowly.</summary>
    [Fact]
    public async Task What_builds_reach_is_what_docs_kubernetes_lets_them_reach()
    {
        var written = YamlNodes.Documents(await File.ReadAllTextAsync(Source.File("docs", "kubernetes", "builds.yaml"), Ct));
        var rendered = YamlNodes.Documents(await Helm.RenderAsync("minimal-values.yaml", Ct));

        const int TheEngine = 2;
        foreach (var name in (string[])["default-deny", "builds"])
        {
            var (expected, seen) = (Policy(written, name), Policy(rendered, name));
            Assert.Equal(expected.Children.Keys.Select(key => key.ToString()).Order(), seen.Children.Keys.Select(key => key.ToString()).Order());
            Assert.Equal(expected.Map("podSelector").Canonical(), seen.Map("podSelector").Canonical());
            if (name == "builds")
                Assert.Equal(expected.List("egress").Where((_, index) => index != TheEngine).Select(YamlNodes.Canonical), seen.List("egress").Where((_, index) => index != TheEngine).Select(YamlNodes.Canonical));
        }
        Assert.Equal(written.OfKind("ResourceQuota").Single().Map("spec").Canonical(), rendered.OfKind("ResourceQuota").Single().Map("spec").Canonical());
    }

    /// <summary>What the schema cannot say, and what would otherwise be seen as a pod that does not start, or not at all.</summary>
    [Theory]
    [InlineData("{ config: { registry: null } }", "config.registry.prefix: name where")]
    [InlineData("{ config: { registry: null, builder: null, environments: [{ name: dev, branch: main }] }, builds: { enabled: false } }", "config.registry.prefix: registry.existingSecret is")]
    [InlineData("automountServiceAccountToken: false", "builds.enabled has no kubeconfig")]
    [InlineData("service: { port: 9090 }", "must not be service.port")]
    [InlineData("builds: { namespace: gitops-triggers }", "a namespace apart from the engine's")]
    [InlineData("builds: { namespace: trg-issue-summary-dev }", "builds and triggers need namespaces apart")]
    [InlineData("rbac: { namespaces: [gitops-triggers] }", "the engine's own namespace")]
    [InlineData("podLabels: { app.kubernetes.io/component: x }", "is the chart's own")]
    public async Task What_could_not_work_is_refused_with_words(string values, string words)
    {
        using var folder = new TempFolder();
        var file = folder.Write("values.yaml", values);

        var result = await Helm.TemplateAsync(Ct, "--values", Helm.SetUp("minimal-values.yaml"), "--values", file);

        Assert.False(result.IsSuccess);
        Assert.Contains(words, result.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_stay_within_the_cluster_whatever_the_Service_is()
    {
        var services = YamlNodes.Documents(await Helm.RenderAsync("minimal-values.yaml", Ct, "--set", "service.type=LoadBalancer")).OfKind("Service").ToList();

        Assert.Equal(["LoadBalancer http", "ClusterIP metrics"], services.Select(service => $"{service.Map("spec").Text("type")} {service.Map("spec").List("ports").Single().Text("name")}"));
    }

    /// <summary>https://kubernetes.io/docs/concepts/security/pod-security-standards: what <c>restricted</c> asks of a pod.</summary>
    [Theory, MemberData(nameof(SetUps))]
    public async Task The_pod_is_restricted(string setUp)
    {
        var pod = YamlNodes.Documents(await Helm.RenderAsync(setUp, Ct)).OfKind("Deployment").Single().Map("spec", "template", "spec");
        Assert.Equal("true", pod.Map("securityContext").Text("runAsNonRoot"));
        Assert.Equal("RuntimeDefault", pod.Map("securityContext", "seccompProfile").Text("type"));
        Assert.DoesNotContain(pod.Children.Keys, key => key.ToString() is "hostNetwork" or "hostPID" or "hostIPC");
        Assert.All(pod.List("volumes"), volume => Assert.DoesNotContain("hostPath", volume.Children.Keys.Select(key => key.ToString())));
        Assert.All(pod.List("containers"), container =>
        {
            var security = container.Map("securityContext");
            Assert.Equal(("false", "true"), (security.Text("allowPrivilegeEscalation"), security.Text("readOnlyRootFilesystem")));
            Assert.Equal("{drop:[ALL]}", security.Map("capabilities").Canonical());
        });
    }

    private static string EngineYaml(IEnumerable<YamlMappingNode> documents) =>
        documents.OfKind("ConfigMap").Select(map => map.Map("data")).Single(data => data.Children.ContainsKey("engine.yaml")).Text("engine.yaml");

    private static IEnumerable<string> Rules(YamlMappingNode role) => role.List("rules").Select(YamlNodes.Canonical);

    private static YamlMappingNode Policy(IEnumerable<YamlMappingNode> documents, string name) =>
        documents.OfKind("NetworkPolicy").Single(policy => policy.Map("metadata").Text("name") == name).Map("spec");
}
