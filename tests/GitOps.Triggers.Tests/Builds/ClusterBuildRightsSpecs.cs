using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class ClusterBuildRightsSpecs : IDisposable
{
    private readonly TempFolder folder = new();

    [Fact]
    public void An_engine_does_not_start_with_a_kubeconfig_for_builds_that_cannot_be_used()
    {
        var finding = Assert.Single(Check(new ClusterBuilderSettings { EngineUrl = new Uri("http://e"), Access = new ClusterAccess { Kubeconfig = folder["nowhere"] } }));

        Assert.Equal(("engine.yaml", "builder", Severity.Error), (finding.File, finding.Path, finding.Severity));
        Assert.Contains(folder["nowhere"], finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_that_builds_by_itself_needs_none() => Assert.Empty(Check(null));

    public void Dispose() => folder.Dispose();

    private IReadOnlyList<Finding> Check(ClusterBuilderSettings? settings) => ClusterBuildRights.Check(
        new EngineConfiguration { DataFolder = folder.Path, Environments = [], Builder = new BuilderSettings { Cluster = settings } }, "engine.yaml");
}
