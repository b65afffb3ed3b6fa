using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Deployment;

public sealed class TargetsSpecs : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_kubeconfig_that_cannot_be_used_keeps_the_engine_from_starting()
    {
        var finding = Assert.Single(Check(folder.Write("broken", "apiVersion: v1\nkind: Config\ncurrent-context: none\n")));

        Assert.Equal("environments.prod.target", finding.Path);
        Assert.Contains("no context 'none'", finding.Message, StringComparison.Ordinal);
        Assert.Single(Check(Path.Combine(folder.Path, "missing")));
    }

    [Fact]
    public void A_cluster_that_does_not_answer_does_not() =>
        Assert.Empty(Check(folder.Write("kubeconfig", """
            apiVersion: v1
            kind: Config
            current-context: c
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
            users: [{name: u, user: {token: t}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            """)));

    private static IReadOnlyList<Finding> Check(string kubeconfig) => Targets.Check(
        new EngineConfiguration
        {
            DataFolder = "/data",
            Environments =
            [
                new EnvironmentDefinition { Name = EnvironmentName.Parse("dev"), Branch = BranchName.Parse("main"), Target = new TargetSettings.Local() },
                new EnvironmentDefinition
                {
                    Name = EnvironmentName.Parse("prod"),
                    Branch = BranchName.Parse("prod"),
                    Target = new TargetSettings.Kubernetes { Namespace = "t-{repository}", Access = new ClusterAccess { Kubeconfig = kubeconfig } },
                },
            ],
        },
        "engine.yaml");
}
