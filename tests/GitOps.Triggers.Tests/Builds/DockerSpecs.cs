using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Registries;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class DockerSpecs(DockerByPodman docker) : IClassFixture<DockerByPodman>
{
    private static CancellationToken Cancelled => BuildBench.Cancelled;

    [Fact]
    public async Task Docker_builds_pushes_and_knows_the_digest()
    {
        var engine = await docker.RequireAsync();
        Assert.Equal(ContainerEngineKind.Docker, engine.Kind);
        await using var bench = new BuildBench { RegistryPrefix = $"{docker.Registry}/triggers" };
        bench.WithBase("RUN echo by docker > /message", "CMD [\"cat\", \"/message\"]");

        var built = (await new LocalBuilder(engine, bench.Configuration, TimeProvider.System).BuildAsync(bench.Request, bench.Log, Cancelled)).Done();

        Assert.Equal("docker build", built.Builder);
        using var registries = new RegistryBench();
        Assert.True(await registries.HasAsync(built.Image));
        Assert.Null(await engine.FindImageAsync(bench.Names.Local, Cancelled));
        await engine.PullAsync(built.Image.ToString(), Cancelled);
        Assert.Equal("by docker", await engine.Command.RunAsync(["run", "--rm", "--network", "none", built.Image.ToString()], Cancelled));
        await engine.RemoveImageAsync(built.Image.ToString(), Cancelled);
    }

    [Fact]
    public async Task A_failing_step_is_a_finding_at_its_line()
    {
        var engine = await docker.RequireAsync();
        await using var bench = new BuildBench();
        bench.WithBase("RUN echo the reason; exit 7");

        var finding = (await new LocalBuilder(engine, bench.Configuration, TimeProvider.System).BuildAsync(bench.Request, bench.Log, Cancelled)).Rejected();

        Assert.Equal("jobs/report/Dockerfile:2", finding.Location);
        Assert.StartsWith("the step 'RUN echo the reason; exit 7' failed with exit code 7; the last lines: ", finding.Message, StringComparison.Ordinal);
        Assert.EndsWith("the reason", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_and_containers_that_are_not_there_are_no_error()
    {
        var engine = await docker.RequireAsync();

        Assert.Null(await engine.FindImageAsync("localhost/gitops-triggers-tests/no-such-image:1", Cancelled));
        await engine.RemoveImageAsync("localhost/gitops-triggers-tests/no-such-image:1", Cancelled);
        await engine.RemoveContainerAsync("no-such-container", Cancelled);
        Assert.Empty(await engine.ListContainersAsync([ContainerOwner.LabelOf("/nowhere")], Cancelled));
    }

    [Fact]
    public async Task Kaniko_runs_under_docker_as_well()
    {
        var image = Environment.GetEnvironmentVariable("KANIKO_IMAGE");
        Assert.SkipUnless(image is { Length: > 0 }, "KANIKO_IMAGE does not name an image of Kaniko");
        var engine = await docker.RequireAsync();
        Assert.SkipUnless(await engine.FindImageAsync(image, Cancelled) is not null, $"there is no image {image}");
        await using var bench = new BuildBench();
        bench.WithBusybox("RUN echo it has begun; exit 3");

        var launcher = new ContainerKanikoLauncher(engine, bench.Configuration, TimeProvider.System);
        var finding = (await new KanikoBuilder(launcher, bench.Limits, TimeProvider.System).BuildAsync(bench.Request, bench.Log, Cancelled)).Rejected();

        Assert.Equal("kaniko (docker)", launcher.Title);
        Assert.EndsWith("failed with exit code 3; the last lines: it has begun", finding.Message, StringComparison.Ordinal);
        Assert.Empty(await engine.ListContainersAsync([ContainerOwner.LabelOf(bench.DataFolder)], Cancelled));
    }
}
