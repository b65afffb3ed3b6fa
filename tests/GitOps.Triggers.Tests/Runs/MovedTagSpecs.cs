using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Builds;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>Somebody who may push to the registry gives a deployed image's tag to another one (threats 24).</summary>
public sealed class MovedTagSpecs(TestRegistry registry) : IClassFixture<TestRegistry>
{
    [Fact]
    [Threat(24)]
    public async Task What_runs_stays_what_was_deployed_when_its_tag_is_moved()
    {
        TestRegistry.SkipUnlessInstalled();
        var locator = await TestEngine.RequireWithBaseAsync();
        var podman = await locator.RequireAsync(TestEngine.Cancelled);
        using var data = new TempFolder();
        await using var bench = new BuildBench { RegistryPrefix = $"{registry.Host}/triggers" };
        bench.WithBase("RUN echo the deployed one > /message", "USER 65532:65532");
        var deployed = (await new LocalBuilder(podman, bench.Configuration, TimeProvider.System).BuildAsync(bench.Request, bench.Log, TestEngine.Cancelled)).Done().Image;
        var engine = await LocalEngine.StartAsync(data.Path, locator);
        try
        {
            await engine.Target.ApplyAsync(Jobs.Key("job"), Jobs.Render("job", deployed, Jobs.Shell("cat /message")), TestEngine.Cancelled);
            Assert.Equal("the deployed one", await RunAsync(engine));
            Assert.Equal(deployed.Digest.Value, await TaggedAsync(bench.Names));

            bench.WithBase("RUN echo another one > /message", "USER 65532:65532");
            await podman.Command.RunAsync(["build", "--tag", bench.Names.Local, bench.ContextFolder], TestEngine.Cancelled);
            await podman.PushAsync(bench.Names.Local, bench.Names.RegistryTag!, TestEngine.Cancelled);
            // So that what runs next comes from the registry, as on a machine that never had it.
            await podman.RemoveImageAsync(deployed.ToString(), TestEngine.Cancelled);

            Assert.NotEqual(deployed.Digest.Value, await TaggedAsync(bench.Names));
            Assert.Equal("the deployed one", await RunAsync(engine));
        }
        finally
        {
            await engine.RemoveAllAsync();
            await podman.RemoveImageAsync(deployed.ToString(), CancellationToken.None);
        }
    }

    private static async Task<string> RunAsync(LocalEngine engine)
    {
        var run = await engine.WaitAsync((await engine.RunNowAsync(Jobs.Key("job"))).Id, record => record.IsFinished);
        Assert.True(run.State == RunState.Succeeded, run.Message);
        return await engine.LogAsync(run);
    }

    /// <summary>Which image the registry has under the tag.</summary>
    private async Task<string> TaggedAsync(ImageNames names)
    {
        using var http = new HttpClient();
        using var ask = new HttpRequestMessage(HttpMethod.Head, $"http://{registry.Host}/v2/{names.RegistryRepository![(registry.Host.Length + 1)..]}/manifests/{names.Tag}");
        ask.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        ask.Headers.Accept.ParseAdd("application/vnd.docker.distribution.manifest.v2+json");
        using var answer = await http.SendAsync(ask, TestEngine.Cancelled);
        return answer.Headers.GetValues("Docker-Content-Digest").Single();
    }
}
