using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>The clock with a time of its own and without a container engine: what is due is recorded, and waits for its container.</summary>
public sealed class LocalClockSpecs : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);
    private readonly TempFolder data = new();
    private readonly FakeTimeProvider time = new(Start);
    private readonly ContainerEngineLocator nowhere = TestEngine.Find("/nowhere/podman");

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_run_is_recorded_at_its_due_time_under_the_controllers_name()
    {
        await using var engine = await StartAsync();
        await ApplyAsync(engine, "hourly", "0 * * * *");
        await AdvanceToAsync("10:00");

        var run = Assert.Single(await RunsAsync(engine, "hourly", atLeast: 1));
        Assert.Equal(($"{CronJobName.Of(Jobs.Key("hourly"))}-{Start.AddMinutes(30).ToUnixTimeSeconds() / 60}", RunState.Pending), (run.Id.Value, run.State));
        Assert.Equal(Start.AddMinutes(30), (await engine.CronJobs.FindAsync(Jobs.Key("hourly"), TestEngine.Cancelled))!.LastScheduledFor);
    }

    [Fact]
    public async Task Each_CronJob_wakes_at_its_own_time()
    {
        await using var engine = await StartAsync();
        await ApplyAsync(engine, "quarter", "*/15 * * * *");
        await ApplyAsync(engine, "hourly", "0 * * * *");
        await AdvanceToAsync("09:45");
        Assert.Single(await RunsAsync(engine, "quarter", atLeast: 1));
        Assert.Empty(await RunsAsync(engine, "hourly", atLeast: 0));
        await AdvanceToAsync("10:00");
        Assert.Single(await RunsAsync(engine, "hourly", atLeast: 1));
    }

    [Fact]
    public async Task A_suspended_one_is_recorded_and_made_up_for_in_the_same_record_when_it_is_released()
    {
        await using var engine = await StartAsync();
        await ApplyAsync(engine, "hourly", "0 * * * *");
        await engine.Target.SuspendAsync(Jobs.Key("hourly"), "paused", TestEngine.Cancelled);
        await AdvanceToAsync("10:00");
        Assert.Equal(RunState.Suspended, Assert.Single(await RunsAsync(engine, "hourly", atLeast: 1)).State);
        await AdvanceToAsync("10:10");
        await ApplyAsync(engine, "hourly", "0 * * * *");

        var run = await engine.WaitAsync((await RunsAsync(engine, "hourly", atLeast: 1))[0].Id, record => record.State == RunState.Pending);
        Assert.Equal(Start.AddMinutes(30), run.ScheduledFor);
        Assert.Single(await RunsAsync(engine, "hourly", atLeast: 1));
    }

    [Fact]
    public async Task A_run_that_goes_on_has_the_next_one_skipped_under_Forbid_and_cancelled_under_Replace()
    {
        await using var engine = await StartAsync();
        await ApplyAsync(engine, "forbid", "0 * * * *");
        await ApplyAsync(engine, "replace", "0 * * * *", ConcurrencyPolicy.Replace);
        await AdvanceToAsync("10:00");
        Assert.Single(await RunsAsync(engine, "replace", atLeast: 1));
        Assert.Single(await RunsAsync(engine, "forbid", atLeast: 1));
        await AdvanceToAsync("11:00");

        Assert.Equal([RunState.Skipped, RunState.Pending], (await RunsAsync(engine, "forbid", atLeast: 2)).Select(run => run.State));
        Assert.Equal([RunState.Pending, RunState.Cancelled], (await RunsAsync(engine, "replace", atLeast: 2)).Select(run => run.State));
    }

    [Fact]
    public async Task A_changed_schedule_holds_from_its_change_on()
    {
        await using var engine = await StartAsync();
        await ApplyAsync(engine, "job", "0 12 * * *");
        await ApplyAsync(engine, "job", "0 9 * * *");
        await AdvanceToAsync("12:30");
        Assert.Empty(await RunsAsync(engine, "job", atLeast: 0));
        await AdvanceToAsync("09:00", days: 1);

        Assert.Equal(Start.AddMinutes(-30).AddDays(1), Assert.Single(await RunsAsync(engine, "job", atLeast: 1)).ScheduledFor);
    }

    [Fact]
    public async Task One_that_the_database_could_not_tell_of_when_it_was_applied_is_looked_at_again()
    {
        await using var engine = await StartAsync();
        await using var context = engine.Database.CreateDbContext();
        // A trigger of no name is one that the engine cannot read, and so the question for its row fails.
        await context.Database.ExecuteSqlRawAsync("CREATE TRIGGER outage AFTER INSERT ON local_cronjobs BEGIN UPDATE local_cronjobs SET \"Trigger\" = ''; END", TestEngine.Cancelled);
        await ApplyAsync(engine, "hourly", "0 * * * *");
        await Eventually.HoldsAsync("the clock has failed", () => Task.FromResult(engine.Logged.With("could not decide").Any()));

        await context.Database.ExecuteSqlRawAsync("UPDATE local_cronjobs SET \"Trigger\" = 'hourly'", TestEngine.Cancelled);
        await AdvanceToAsync("10:00");

        Assert.Single(await RunsAsync(engine, "hourly", atLeast: 1));
    }

    [Fact]
    public async Task One_that_is_taken_down_is_due_no_more()
    {
        await using var engine = await StartAsync();
        await ApplyAsync(engine, "gone", "0 * * * *");
        await ApplyAsync(engine, "stays", "0 * * * *");
        await engine.Target.PruneAsync(Jobs.Key("gone"), TestEngine.Cancelled);
        await AdvanceToAsync("10:00");

        Assert.Single(await RunsAsync(engine, "stays", atLeast: 1));
        Assert.Empty(await RunsAsync(engine, "gone", atLeast: 0));
    }

    [Fact]
    public async Task What_came_due_while_the_engine_was_down_is_decided_before_the_start_returns()
    {
        await using (var engine = await StartAsync())
            await ApplyAsync(engine, "hourly", "0 * * * *");
        time.Advance(TimeSpan.FromHours(3));

        await using var next = await StartAsync();
        var runs = await next.Records.ListAsync(null, null, null, null, 10, TestEngine.Cancelled);

        Assert.Equal([(12, RunState.Pending), (11, RunState.Missed), (10, RunState.Missed)], runs.Select(run => (run.ScheduledFor.Hour, run.State)));
    }

    [Fact]
    public async Task A_long_absence_is_said_in_the_log_also_when_the_most_recent_time_is_made_up_for()
    {
        await using (var engine = await StartAsync())
            await ApplyAsync(engine, "minutely", "* * * * *");
        time.Advance(TimeSpan.FromHours(3));

        await using var next = await StartAsync();

        Assert.Single(next.Logged.With("the machine's clock is wrong"));
    }

    [Fact]
    public async Task A_CronJob_that_cannot_be_read_stops_no_other_and_not_the_start()
    {
        await using (var engine = await StartAsync())
        {
            await ApplyAsync(engine, "good", "0 * * * *");
            await using var context = engine.Database.CreateDbContext();
            context.LocalCronJobs.Add(Row(1) with { Spec = "{" });
            await context.SaveChangesAsync(TestEngine.Cancelled);
        }

        await using var next = await StartAsync();
        await AdvanceToAsync("10:00");

        Assert.Single(next.Logged.With("cannot be read and does not run"));
        Assert.Single(await RunsAsync(next, "good", atLeast: 1));
    }

    [Fact]
    public async Task A_thousand_that_are_due_at_once_are_decided_within_a_second_of_ten_thousand_that_rest()
    {
        await using (var engine = await StartAsync())
        {
            await using var context = engine.Database.CreateDbContext();
            context.LocalCronJobs.AddRange(Enumerable.Range(0, 10_000).Select(number => Row(number)));
            await context.SaveChangesAsync(TestEngine.Cancelled);
        }
        await using var full = await StartAsync();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        time.Advance(TimeSpan.FromMinutes(30));
        while ((await full.Records.ListAsync(null, null, null, null, 2_000, TestEngine.Cancelled)).Count < 1_000)
            await Task.Delay(20, TestEngine.Cancelled);

        TestContext.Current.TestOutputHelper?.WriteLine($"decided after {clock.Elapsed.TotalMilliseconds:0} ms");
        // One second on a quiet machine; tests share theirs.
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
    }

    private static LocalCronJob Row(int number)
    {
        var name = $"job-{number}";
        return new()
        {
            Name = name,
            Key = Jobs.Key(name),
            Generation = 1,
            ScheduleSince = Start,
            RecordedUntil = Start,
            Spec = GitOps.Triggers.Deployment.CronJobJson.Write(Jobs.Render(name, Jobs.NoImage, schedule: number < 1_000 ? "0 10 * * *" : "0 3 1 1 *")),
        };
    }

    private Task<LocalEngine> StartAsync() => LocalEngine.StartAsync(data.Path, nowhere, time);

    private static Task ApplyAsync(LocalEngine engine, string name, string schedule, ConcurrencyPolicy policy = ConcurrencyPolicy.Forbid) =>
        engine.Target.ApplyAsync(Jobs.Key(name), Jobs.Render(name, Jobs.NoImage, new RunSpec { ConcurrencyPolicy = policy, Timeout = TimeSpan.FromDays(3) }, schedule), TestEngine.Cancelled);

    /// <summary>In steps, so that each sleep of the clock ends as it would.</summary>
    private async Task AdvanceToAsync(string clock, int days = 0)
    {
        var until = Start.Date.AddDays(days) + TimeSpan.Parse(clock, System.Globalization.CultureInfo.InvariantCulture);
        while (time.GetUtcNow() < until)
        {
            var rest = until - time.GetUtcNow();
            time.Advance(rest < TimeSpan.FromMinutes(5) ? rest : TimeSpan.FromMinutes(5));
            await Task.Delay(10, TestEngine.Cancelled);
        }
    }

    private static async Task<IReadOnlyList<RunRecord>> RunsAsync(LocalEngine engine, string trigger, int atLeast)
    {
        for (var look = 0; ; look++)
        {
            var runs = await engine.Records.ListAsync(null, null, TriggerName.Parse(trigger), null, 10, TestEngine.Cancelled);
            if (runs.Count >= atLeast || look > 400)
                return runs;
            await Task.Delay(25, TestEngine.Cancelled);
        }
    }
}
