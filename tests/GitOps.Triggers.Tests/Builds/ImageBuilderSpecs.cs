using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class ImageBuilderSpecs
{
    private const string Podman = """
        case "$1" in
          --version) echo podman version 5.4.2 ;;
          version) echo 5.4.2 ;;
          build) while [ "$1" != --iidfile ]; do shift; done
                 echo sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa > "$2" ;;
          rmi) ;;
        esac
        """;

    private static CancellationToken Cancelled => BuildBench.Cancelled;

    [Fact]
    public async Task A_log_says_what_builds_and_why()
    {
        using var podman = new Script("podman", Podman);
        await using var bench = Bench();
        using var choice = Choice(bench, podman.Program);

        (await new ImageBuilder(choice).BuildAsync(bench.Request, bench.Log, Cancelled)).Done();

        Assert.Contains("--- builder: podman build: builder.kind is local ---", bench.LogLines());
    }

    [Fact]
    public async Task A_machine_without_an_engine_tries_again_later()
    {
        await using var bench = Bench();
        using var choice = Choice(bench, "/nowhere/podman");

        var reason = (await new ImageBuilder(choice).BuildAsync(bench.Request, bench.Log, Cancelled)).Retried();

        Assert.Contains("install podman or start docker", reason, StringComparison.Ordinal);
        Assert.Contains(bench.LogLines(), line => line.Contains(reason, StringComparison.Ordinal));
    }

    private static BuildBench Bench() => new BuildBench
    {
        Builder = new BuilderSettings { Kind = BuilderKind.Local },
    }.With("FROM scratch");

    private static BuilderChoice Choice(BuildBench bench, string engine) =>
        new(bench.Configuration, TestEngine.Find(engine), () => throw new InvalidOperationException("Nothing builds on a cluster here."), SecretMask.None, TimeProvider.System, NullLogger<BuilderChoice>.Instance);
}
