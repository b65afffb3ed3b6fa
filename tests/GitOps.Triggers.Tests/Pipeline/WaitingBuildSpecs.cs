using System.Threading.Channels;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>One place, and two environments whose branches ask for different images.</summary>
public sealed class WaitingBuildSpecs
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(20);

    private readonly TaskCompletionSource go = new();
    private readonly Channel<bool> marks = Channel.CreateUnbounded<bool>();

    [Fact]
    public async Task A_build_that_waits_for_a_place_says_so_and_its_time_begins_with_its_place()
    {
        await using var bench = await BenchAsync();
        var (dev, test) = await BothAsync(bench);

        var waits = (await bench.BuildsAsync())[0];
        Assert.Equal((BuildState.Waiting, "test"), (waits.State, waits.Environment.Value));
        Assert.Null(Views.Of(waits, "reports").StartedAt);
        bench.Time.Advance(Wait);
        var had = bench.Time.GetUtcNow();
        go.SetResult();
        await dev;
        await test;

        var builds = await bench.BuildsAsync();
        Assert.All(builds, build => Assert.Equal(BuildState.Succeeded, build.State));
        Assert.Equal([TimeSpan.Zero, Wait], builds.Select(build => build.FinishedAt - build.StartedAt));
        Assert.Equal(had, builds[0].StartedAt);
    }

    [Fact]
    public async Task One_that_is_called_off_as_it_waits_took_no_time()
    {
        await using var bench = await BenchAsync();
        var (dev, test) = await BothAsync(bench);

        bench.Time.Advance(Wait);
        await bench.Repository.CommitAsync("README.md", "Newer.");
        marks.Writer.TryWrite(true);
        await test;

        var cancelled = (await bench.BuildsAsync())[0];
        Assert.Equal((BuildState.Cancelled, cancelled.FinishedAt), (cancelled.State, cancelled.StartedAt));
        go.SetResult();
        await dev;
    }

    [Fact]
    public async Task One_that_waited_when_the_engine_was_killed_is_closed_by_the_next()
    {
        await using var bench = await BenchAsync();
        var (dev, test) = await BothAsync(bench);

        Assert.Equal(2, await bench.Get<BuildStore>().CloseAbandonedAsync(bench.Time.GetUtcNow() + Wait, PassBench.Cancelled));

        var closed = await bench.BuildsAsync();
        Assert.All(closed, build => Assert.Equal(BuildState.Cancelled, build.State));
        Assert.Equal([TimeSpan.Zero, Wait], closed.Select(build => build.FinishedAt - build.StartedAt));
        go.SetResult();
        await dev;
        await test;
    }

    private static async Task<PassBench> BenchAsync()
    {
        var bench = await PassBench.CreateAsync(new Limits { ParallelBuilds = 1 }, PassBench.Environment("dev", branch: "other"), PassBench.Environment("test"));
        await bench.Repository.GitAsync("branch other");
        await bench.Repository.CommitAsync("Dockerfile", "FROM scratch\nUSER 65533:65533\n");
        return bench;
    }

    /// <summary>The passes of both; dev's builds until <see cref="go"/>, and test's waits.</summary>
    private async Task<(Task<WorkResult> Dev, Task<WorkResult> Test)> BothAsync(PassBench bench)
    {
        bench.Builder.Meanwhile = (_, ct) => go.Task.WaitAsync(ct);
        var dev = bench.PassAsync("dev");
        await Eventually.HoldsAsync("dev builds", () => bench.Builder.Begun == 1);
        var test = bench.PassAsync("test", marks.Reader);
        await Eventually.HoldsAsync("test's build is recorded", async () => (await bench.BuildsAsync()).Count == 2);
        return (dev, test);
    }
}
