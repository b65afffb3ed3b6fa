using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class KanikoContainerSpecs : IAsyncDisposable
{
    private readonly BuildBench bench = new();

    private KanikoContainer Container => new()
    {
        Request = bench.Request with { ContextFolder = "/contexts/1", DockerfilePath = "/contexts/1/docker/Dockerfile" },
        Image = "gcr.io/kaniko-project/executor:v1.24.0",
        Name = "gitops-triggers-build-1",
        Labels = ["triggers.gitops/engine=1", "triggers.gitops/build=2"],
        Destination = "localhost/gitops-triggers/reports/nightly:1",
        OutputFolder = "/data/builds/1",
        Limits = new Limits { BuildCpus = 1, BuildTimeout = TimeSpan.FromMinutes(10) },
    };

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public void A_build_gets_its_context_to_read_a_folder_to_write_and_limits()
    {
        var arguments = string.Join(' ', Container.RunArguments(podman: true));

        Assert.StartsWith("run --pull never --name gitops-triggers-build-1 --label triggers.gitops/engine=1 --label triggers.gitops/build=2 ", arguments, StringComparison.Ordinal);
        Assert.Contains(" --memory 2g --cpus 1 --pids-limit 2048 --cap-drop ALL --cap-add CHOWN ", arguments, StringComparison.Ordinal);
        Assert.Contains(" --volume /contexts/1:/workspace:ro,Z --volume /data/builds/1:/out:Z -- gcr.io/kaniko-project/executor:v1.24.0 --context dir:///workspace ", arguments, StringComparison.Ordinal);
        Assert.Contains(" --dockerfile /workspace/docker/Dockerfile ", arguments, StringComparison.Ordinal);
        Assert.Contains(" --no-push --tar-path /out/image.tar ", arguments, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_build_gets_nothing_else_of_the_engine(bool podman)
    {
        var arguments = Container.RunArguments(podman);

        Assert.Equal(2, arguments.Count(argument => argument == "--volume"));
        Assert.DoesNotContain(arguments, argument => argument is "-e" or "-v" or "--privileged" or "--network" or "--env-file" or "--secret"
            || argument.StartsWith("--env", StringComparison.Ordinal) || argument.Contains("config.json", StringComparison.Ordinal));
    }

    [Fact]
    public void Podman_hands_no_proxy_password_on_and_ends_a_build_that_outlives_the_engine()
    {
        Assert.Contains("--http-proxy=false --timeout 660", string.Join(' ', Container.RunArguments(podman: true)), StringComparison.Ordinal);
        Assert.DoesNotContain(Container.RunArguments(podman: false), argument => argument.StartsWith("--http-proxy", StringComparison.Ordinal) || argument == "--timeout");
    }

    [Theory]
    [InlineData("/contexts/1.Dockerfile")]
    [InlineData("/contexts/11/Dockerfile")]
    public void A_Dockerfile_beside_its_context_is_mounted_by_itself(string dockerfile)
    {
        var container = Container with { Request = Container.Request with { DockerfilePath = dockerfile } };

        var arguments = string.Join(' ', container.RunArguments(podman: true));

        Assert.Contains($" --volume {dockerfile}:/kaniko/trigger.Dockerfile:ro,Z ", arguments, StringComparison.Ordinal);
        Assert.Contains(" --dockerfile /kaniko/trigger.Dockerfile ", arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_mounted_is_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => (Container with { OutputFolder = "/da:ta" }).RunArguments(podman: true));

        Assert.Contains("'/da:ta'", error.Message, StringComparison.Ordinal);
    }
}
