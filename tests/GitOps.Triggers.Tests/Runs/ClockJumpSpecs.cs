using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>The machine's clock is set while the engine's goes on: timers take no notice of it, as on a real machine.</summary>
public sealed class ClockJumpSpecs : IAsyncDisposable
{
    private static readonly TriggerKey Job = Jobs.Key("job");
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private readonly ClockBench bench = new(new DateTimeOffset(2026, 3, 2, 5, 55, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    [Theory]
    [Threat(38)]
    [InlineData(10, "1 started+330 1 started")]
    [InlineData(26 * 60, "25 missed 1 started+3330 1 started")]
    public async Task A_clock_that_is_set_forward_is_noticed_within_half_a_minute_and_only_the_latest_missed_time_is_started(int minutes, string fates)
    {
        await BeginAsync();
        Jump(minutes);

        await bench.AdvanceAsync(TimeSpan.FromSeconds(30));
        await PassAsync(60);

        Assert.Equal(fates, Fates());
    }

    [Theory]
    [Threat(38)]
    [InlineData(10)]
    [InlineData(3 * 60)]
    public async Task A_clock_that_is_set_back_starts_nothing_again_and_leaves_nothing_out(int minutes)
    {
        await BeginAsync();
        await PassAsync(250);
        Assert.Equal("5 started", Fates());
        Jump(-minutes);

        await PassAsync(minutes + 120);

        Assert.Equal("7 started", Fates());
    }

    [Fact]
    [Threat(38)]
    public async Task A_time_that_was_passed_over_before_the_clock_was_set_back_is_started_when_it_comes_again()
    {
        await BeginAsync();
        await bench.Engine.Target.SuspendAsync(Job, "paused", TestEngine.Cancelled);
        await PassAsync(10);
        Assert.Equal("1 suspended", Fates());
        Jump(-10);
        await ApplyAsync();

        await PassAsync(10);

        Assert.Equal("1 suspended+0", Fates());
    }

    [Fact]
    [Threat(38)]
    public async Task An_engine_that_starts_on_a_clock_that_was_set_back_starts_nothing_again()
    {
        await BeginAsync();
        await PassAsync(190);
        await bench.DownAsync();
        Jump(-180);

        await bench.UpAsync();
        await PassAsync(240);

        Assert.Equal("5 started", Fates());
    }

    [Fact]
    [Threat(38)]
    public async Task One_that_is_taken_down_and_applied_again_on_a_clock_that_was_set_back_starts_nothing_again()
    {
        await BeginAsync();
        await PassAsync(10);
        var before = Assert.Single(await RunsAsync());
        Jump(-10);
        await bench.Engine.Target.PruneAsync(Job, TestEngine.Cancelled);
        await ApplyAsync();

        await PassAsync(70);

        Assert.Equal("2 started", Fates());
        Assert.Equal(before, (await RunsAsync())[^1]);
    }

    /// <summary>Each hour at :00, from 05:55 on.</summary>
    private async Task BeginAsync()
    {
        await bench.UpAsync();
        await ApplyAsync();
    }

    private Task ApplyAsync() => bench.ApplyAsync(Job, "0 * * * *", new RunSpec { ConcurrencyPolicy = ConcurrencyPolicy.Allow, Timeout = TimeSpan.FromMinutes(2) });

    /// <summary>Timers go on as if nothing had happened.</summary>
    private void Jump(int minutes) => bench.Time.AdjustTime(bench.Now.AddMinutes(minutes));

    /// <summary>From one :00, :05, :10 … to the next.</summary>
    private async Task PassAsync(int minutes)
    {
        for (var until = bench.Now.AddMinutes(minutes); bench.Now < until;)
        {
            var rest = TimeSpan.FromTicks(Step.Ticks - (bench.Now.Ticks % Step.Ticks));
            await bench.AdvanceAsync(until - bench.Now < rest ? until - bench.Now : rest);
        }
    }

    /// <summary>What became of the due times, in order, repeats counted.</summary>
    private string Fates() => string.Join(' ', bench.Ledgers[Job.Trigger].Fates.Aggregate(new List<(string Fate, int Count)>(), (runs, fate) =>
    {
        if (runs is [.., var last] && last.Fate == fate)
            runs[^1] = (fate, last.Count + 1);
        else
            runs.Add((fate, 1));
        return runs;
    }).Select(run => $"{run.Count} {run.Fate}"));

    private Task<IReadOnlyList<RunRecord>> RunsAsync() => bench.Engine.Records.ListAsync(null, null, Job.Trigger, null, 100, TestEngine.Cancelled);
}
