using System.Threading.Channels;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

public sealed class SharedBuildSpecs
{
    [Fact]
    public async Task Two_environments_that_ask_for_equal_inputs_at_once_share_one_build()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("test"));
        var go = new TaskCompletionSource();
        bench.Builder.Next = async (request, ct) =>
        {
            await go.Task.WaitAsync(ct);
            return bench.Builder.Succeed(request);
        };

        var dev = bench.PassAsync("dev");
        await BegunAsync(bench, 1);
        var test = bench.PassAsync("test");
        await BuildingAsync(bench, "test");
        go.SetResult();
        await dev;
        await test;

        Assert.Equal(1, bench.Builder.Begun);
        var (built, reused) = (Assert.Single(await bench.DeploymentsAsync("dev")), Assert.Single(await bench.DeploymentsAsync("test")));
        Assert.Equal((built.Image, built.BuildId), (reused.Image, reused.BuildId));
        Assert.Equal((DeploymentKind.Built, DeploymentKind.Reused), (built.Kind, reused.Kind));
    }

    [Fact]
    public async Task When_the_first_build_fails_by_its_own_fault_whoever_waits_for_it_is_refused_too()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("test"));
        var go = new TaskCompletionSource();
        bench.Builder.Next = async (_, ct) =>
        {
            await go.Task.WaitAsync(ct);
            return await ScriptedBuilder.Reject();
        };

        var dev = bench.PassAsync("dev");
        await BegunAsync(bench, 1);
        var test = bench.PassAsync("test");
        await BuildingAsync(bench, "test");
        go.SetResult();
        await dev;
        await test;

        Assert.Equal(1, bench.Builder.Begun);
        Assert.Equal((await bench.StatusAsync("dev")).Findings, (await bench.StatusAsync("test")).Findings);
    }

    [Fact]
    public async Task When_the_first_build_is_cancelled_whoever_waits_for_it_builds()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("test", branch: "other"));
        await bench.Repository.GitAsync("branch other");
        bench.Builder.Next = async (_, ct) =>
        {
            await Task.Delay(Timeout.Infinite, ct);
            throw new InvalidOperationException("It is cancelled.");
        };
        var marks = Channel.CreateUnbounded<bool>();

        var dev = bench.PassAsync("dev", marks.Reader);
        await BegunAsync(bench, 1);
        var test = bench.PassAsync("test");
        await BuildingAsync(bench, "test");
        bench.Builder.Next = null;
        await bench.Repository.CommitAsync("README.md", "Newer.");
        marks.Writer.TryWrite(true);
        await dev;
        await test;

        Assert.Equal(2, bench.Builder.Begun);
        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("test")).State);
        Assert.Equal([BuildState.Succeeded, BuildState.Cancelled], (await bench.BuildsAsync()).Select(build => build.State));
    }

    [Fact]
    public async Task Whoever_waits_goes_when_a_newer_commit_takes_the_reason_away()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev", branch: "other"), PassBench.Environment("test"));
        await bench.Repository.GitAsync("branch other");
        var go = new TaskCompletionSource();
        bench.Builder.Next = async (request, ct) =>
        {
            await go.Task.WaitAsync(ct);
            return bench.Builder.Succeed(request);
        };
        var marks = Channel.CreateUnbounded<bool>();

        var dev = bench.PassAsync("dev");
        await BegunAsync(bench, 1);
        var test = bench.PassAsync("test", marks.Reader);
        await BuildingAsync(bench, "test");
        await bench.Repository.CommitAsync("README.md", "Newer.");
        marks.Writer.TryWrite(true);
        await test;

        Assert.Empty(await bench.DeploymentsAsync("test"));
        go.SetResult();
        await dev;
        Assert.Single(await bench.DeploymentsAsync("dev"));
    }

    private static Task BegunAsync(PassBench bench, int builds) =>
        Eventually.HoldsAsync($"{builds} builds have begun", () => Task.FromResult(bench.Builder.Begun == builds));

    private static Task BuildingAsync(PassBench bench, string environment) => Eventually.HoldsAsync(
        $"{environment} waits for its image",
        async () => (await bench.Get<StatusStore>().StatusesAsync(bench.Repository.Connected.Id, PassBench.Cancelled)).Any(status => status.Environment.Value == environment && status.State == TriggerState.Building));
}
