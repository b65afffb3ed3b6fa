using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class ImageBuilderSpecs
{
    // Builds until the file "go" stands beside it.
    private const string Podman = """
        here="${0%/*}"
        case "$1" in
          --version) echo podman version 5.4.2 ;;
          version) echo 5.4.2 ;;
          build) echo begun; while [ ! -f "$here/go" ]; do sleep 0.05; done
                 while [ "$1" != --iidfile ]; do shift; done
                 echo sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa > "$2" ;;
          rmi) ;;
        esac
        """;

    private static CancellationToken Cancelled => BuildBench.Cancelled;

    [Fact]
    public async Task A_build_waits_while_as_many_as_are_allowed_go_on()
    {
        using var podman = new Script("podman", Podman);
        await using var first = Bench();
        await using var second = Bench();
        using var choice = Choice(first, podman.Program);
        using var builder = new ImageBuilder(choice, first.Limits);

        var one = builder.BuildAsync(first.Request, first.Log, Cancelled);
        await first.LogShowsAsync("begun");
        var two = builder.BuildAsync(second.Request, second.Log, Cancelled);
        await second.LogShowsAsync("--- waiting until another build has ended ---");
        Assert.DoesNotContain("begun", second.LogLines());

        await File.WriteAllTextAsync(Path.Combine(podman.Folder, "go"), "", Cancelled);
        (await one).Done();
        (await two).Done();
        Assert.Contains("--- builder: podman build: builder.kind is local ---", second.LogLines());
    }

    [Fact]
    public async Task A_build_that_is_cancelled_while_it_waits_gives_its_place_to_nobody()
    {
        using var podman = new Script("podman", Podman);
        await using var first = Bench();
        await using var second = Bench();
        using var choice = Choice(first, podman.Program);
        using var builder = new ImageBuilder(choice, first.Limits);
        using var cancel = new CancellationTokenSource();

        var one = builder.BuildAsync(first.Request, first.Log, Cancelled);
        await first.LogShowsAsync("begun");
        var two = builder.BuildAsync(second.Request, second.Log, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);

        await File.WriteAllTextAsync(Path.Combine(podman.Folder, "go"), "", Cancelled);
        (await one).Done();
        (await builder.BuildAsync(second.Request, second.Log, Cancelled)).Done();
    }

    [Fact]
    public async Task A_machine_without_an_engine_tries_again_later()
    {
        await using var bench = Bench();
        using var choice = Choice(bench, "/nowhere/podman");
        using var builder = new ImageBuilder(choice, bench.Limits);

        var reason = (await builder.BuildAsync(bench.Request, bench.Log, Cancelled)).Retried();

        Assert.Contains("install podman or start docker", reason, StringComparison.Ordinal);
        Assert.Contains(bench.LogLines(), line => line.Contains(reason, StringComparison.Ordinal));
    }

    private static BuildBench Bench() => new BuildBench
    {
        Limits = new Limits { ParallelBuilds = 1 },
        Builder = new BuilderSettings { Kind = BuilderKind.Local },
    }.With("FROM scratch");

    private static BuilderChoice Choice(BuildBench bench, string engine) =>
        new(bench.Configuration, TestEngine.Find(engine), () => throw new InvalidOperationException("Nothing builds on a cluster here."), SecretMask.None, TimeProvider.System, NullLogger<BuilderChoice>.Instance);
}
