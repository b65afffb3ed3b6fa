using GitOps.Triggers.Builds;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class ImageNamesSpecs
{
    [Fact]
    public async Task An_image_is_named_for_people_by_repository_trigger_and_inputs()
    {
        await using var bench = new BuildBench();

        var here = ImageNames.Of(bench.Request, registryPrefix: null);
        var there = ImageNames.Of(bench.Request, registryPrefix: "registry.example.com/triggers/");

        Assert.Equal($"localhost/gitops-triggers/reports/nightly:{bench.Hash.Short}", here.Local);
        Assert.Null(here.RegistryTag);
        Assert.Equal("registry.example.com/triggers/reports/nightly", there.RegistryRepository);
        Assert.Equal($"registry.example.com/triggers/reports/nightly:{bench.Hash.Short}", there.RegistryTag);
    }
}
