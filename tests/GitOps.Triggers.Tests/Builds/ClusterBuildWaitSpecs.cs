using GitOps.Triggers.Builds;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class ClusterBuildWaitSpecs : IAsyncDisposable
{
    private static readonly ClusterBuildState NoImage = new ClusterBuildState.Waiting("Its image cannot be pulled.");

    private readonly BuildBench bench = new();
    private readonly FakeTimeProvider time = new();
    private readonly ClusterBuildWait wait;

    public ClusterBuildWaitSpecs() => wait = new ClusterBuildWait(new BuildTranscript(bench.Log, () => { }, () => { }), time);

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Fact]
    public void What_it_waits_for_is_told_once_and_only_if_it_lasts()
    {
        wait.Judge(new ClusterBuildState.Waiting("Its pod is being made."));
        time.Advance(TimeSpan.FromSeconds(1));
        for (var second = 0; second < 30; second++)
        {
            Assert.Same(NoImage, wait.Judge(NoImage));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["--- it waits: Its image cannot be pulled. ---"], bench.LogLines());
    }

    [Fact]
    public void It_waits_for_ten_minutes_whatever_for_and_then_it_is_an_outage()
    {
        wait.Judge(new ClusterBuildState.Waiting("No node takes its pod."));
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Same(NoImage, wait.Judge(NoImage));
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(new ClusterBuildState.Broken("It waited for longer than 10m. Its image cannot be pulled."), wait.Judge(NoImage));
    }

    [Fact]
    public void What_went_on_meanwhile_does_not_wait_anew()
    {
        wait.Judge(NoImage);
        time.Advance(TimeSpan.FromMinutes(9));
        wait.Judge(new ClusterBuildState.Running(BuildContainer.Name));
        time.Advance(TimeSpan.FromMinutes(20));
        Assert.Same(NoImage, wait.Judge(NoImage));
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.IsType<ClusterBuildState.Broken>(wait.Judge(NoImage));
    }

    [Fact]
    public void What_cannot_reach_the_engine_is_an_outage_too()
    {
        var fetching = new ClusterBuildState.Running(ContextContainer.Name);
        wait.Judge(fetching);
        time.Advance(TimeSpan.FromMinutes(10));

        Assert.Contains("builder.engineUrl", Assert.IsType<ClusterBuildState.Broken>(wait.Judge(fetching)).Reason, StringComparison.Ordinal);
    }
}
