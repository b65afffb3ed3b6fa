using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Containers;

public sealed class ContainerEngineLocatorSpecs
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Podman_is_known_by_what_it_says_even_under_the_name_of_docker()
    {
        using var docker = new Script("docker", "[ \"$1\" = --version ] && echo podman version 4.9.3 || echo 4.9.3");

        var engine = await TestEngine.Find(docker.Program).RequireAsync(Cancelled);

        Assert.Equal(ContainerEngineKind.Podman, engine.Kind);
        Assert.Equal("podman 4.9.3", engine.Title);
    }

    [Fact]
    public async Task Docker_counts_only_with_its_daemon()
    {
        using var docker = new Script("docker", "[ \"$1\" = --version ] && echo 'Docker version 28.2.2, build e6534b4' && exit; echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?' >&2; exit 1");

        var search = await TestEngine.Find(docker.Program).SearchAsync(Cancelled);

        Assert.Null(search.Engine);
        Assert.Contains("Is the docker daemon running?", Assert.Single(search.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_engine_I_am_told_what_was_tried()
    {
        var error = await Assert.ThrowsAsync<ContainerException>(() => TestEngine.Find("/nowhere/podman").RequireAsync(Cancelled));

        Assert.Equal(ContainerFailureKind.Engine, error.Kind);
        Assert.Contains("install podman or start docker", error.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/podman", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_comes_later_is_found_and_then_remembered()
    {
        using var podman = new Script("podman", "echo 'Error: not yet' >&2; exit 125");
        var locator = TestEngine.Find(podman.Program);
        Assert.Null((await locator.SearchAsync(Cancelled)).Engine);

        File.WriteAllText(podman.Program, "#!/bin/sh\n[ \"$1\" = --version ] && echo podman version 5.4.2 || echo 5.4.2\n");
        var engine = await locator.RequireAsync(Cancelled);

        File.Delete(podman.Program);
        Assert.Same(engine, await locator.RequireAsync(Cancelled));
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_not_waited_for_forever()
    {
        using var podman = new Script("podman", "trap 'exit 1' INT; while :; do sleep 0.1; done");
        var time = new FakeTimeProvider();

        var search = new ContainerEngineLocator(podman.Program, SecretMask.None, time).SearchAsync(Cancelled);
        while (await Task.WhenAny(search, Task.Delay(20, Cancelled)) != search)
            time.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("did not answer within 30s", Assert.Single((await search).Problems), StringComparison.Ordinal);
    }
}
