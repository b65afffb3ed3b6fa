using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class LocalBuildArgumentsSpecs : IAsyncDisposable
{
    private readonly BuildBench bench = new()
    {
        Spec = new BuildSpec { Context = "", Dockerfile = "Dockerfile", Target = "runtime", Args = new Dictionary<string, string> { ["B"] = "2", ["A"] = "--network=host" } },
    };

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public void A_build_by_podman_takes_nothing_from_other_builds_and_nothing_from_the_engine() =>
        Assert.Equal(
            ["build", "--file", bench.Request.DockerfilePath, "--tag", "localhost/x:1", "--iidfile", "/out/id",
                "--label", $"triggers.gitops/input-hash={bench.Hash}", "--memory", "512m", "--cpu-period", "100000", "--cpu-quota", "100000",
                "--no-cache", "--force-rm", "--layers=false", "--http-proxy=false", "--cap-drop", "NET_RAW", "--hooks-dir", "/hooks", "--target", "runtime", "--platform", "linux/arm64",
                "--build-arg", "A=--network=host", "--build-arg", "B=2", "--", bench.ContextFolder],
            Arguments(ContainerEngineKind.Podman));

    [Fact]
    public void Docker_is_given_no_option_that_it_does_not_know() =>
        Assert.Equal(["--layers=false", "--http-proxy=false", "--cap-drop", "NET_RAW", "--hooks-dir", "/hooks"], Arguments(ContainerEngineKind.Podman).Except(Arguments(ContainerEngineKind.Docker)));

    private IReadOnlyList<string> Arguments(ContainerEngineKind engine) =>
        LocalBuildArguments.Of(
            new ContainerEngine(engine, "1", new ContainerCommand("nothing", SecretMask.None, TimeProvider.System)) { BuildHooks = ["--hooks-dir", "/hooks"] }, bench.Request with { Platform = "linux/arm64" }, "localhost/x:1", "/out/id", bench.Limits);
}
