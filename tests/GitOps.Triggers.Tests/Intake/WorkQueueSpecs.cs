using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class WorkQueueSpecs
{
    [Fact]
    public async Task A_mark_starts_a_pass_at_once_and_a_complete_one_leaves_nothing()
    {
        await using var engine = await IntakeEngine.StartAsync(time: new FakeTimeProvider());
        await using var passes = new Passes(engine);

        await MarkAsync(engine, "push", "dev");
        var pass = await passes.NextAsync();
        Assert.Equal((engine.Key("dev"), "push", 0), (pass.Context.Item.Key, pass.Context.Item.Reason, pass.Context.Item.Attempt));
        pass.Complete();

        await NothingIsDueAsync(engine);
    }

    [Fact]
    public async Task Marks_before_a_pass_are_one_pass_and_one_event()
    {
        await using var engine = await IntakeEngine.StartAsync();
        var marked = new List<EngineEvent.WorkMarked>();
        engine.Events.Subscribe(happened => marked.AddRange(new[] { happened }.OfType<EngineEvent.WorkMarked>()));
        for (var mark = 0; mark < 20; mark++)
            await MarkAsync(engine, $"push {mark}", "dev");

        await using var passes = new Passes(engine);
        var pass = await passes.NextAsync();
        Assert.Equal("push 19", pass.Context.Item.Reason);
        pass.Complete();

        await NothingIsDueAsync(engine);
        Assert.Equal(0, passes.Waiting);
        Assert.Equal([new EngineEvent.WorkMarked(engine.Key("dev"), "push 0")], marked);
    }

    [Fact]
    public async Task A_mark_during_a_pass_reaches_that_pass_and_is_followed_by_another()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await using var passes = new Passes(engine);
        await MarkAsync(engine, "first", "dev");
        var first = await passes.NextAsync();
        var heard = first.Context.MarkedAgainAsync(TestContext.Current.CancellationToken);
        Assert.False(heard.IsCompleted);

        await MarkAsync(engine, "second", "dev");
        await heard.WaitAsync(TimeSpan.FromSeconds(30));
        var further = first.Context.MarkedAgainAsync(TestContext.Current.CancellationToken);
        Assert.False(further.IsCompleted);
        await MarkAsync(engine, "third", "dev");
        await further.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, passes.Waiting);
        first.Complete();

        var second = await passes.NextAsync();
        Assert.Equal("third", second.Context.Item.Reason);
        second.Complete();
        await NothingIsDueAsync(engine);
        Assert.Equal(0, passes.Waiting);
    }

    [Fact]
    public async Task A_mark_of_another_key_does_not_disturb_a_pass()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await using var passes = new Passes(engine);
        // A mark that is stored while the queue reads what is stored is heard twice.
        await Eventually.HoldsAsync("the queue has read what is stored", () => engine.Queue.IsReady);
        await MarkAsync(engine, "push", "dev");
        var dev = await passes.NextAsync();
        var heard = dev.Context.MarkedAgainAsync(TestContext.Current.CancellationToken);

        await MarkAsync(engine, "push", "prod");
        var prod = await passes.NextAsync();
        prod.Complete();
        await Eventually.HoldsAsync("prod is done", async () => (await engine.Work.ListAsync(CancellationToken.None)).Count == 1);

        Assert.False(heard.IsCompleted);
        dev.Complete();
    }

    [Fact]
    public async Task A_pass_that_waits_for_a_build_keeps_no_other_from_its_turn()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await using var passes = new Passes(engine);
        // A repository has a quarter of the places: two.
        await MarkAsync(engine, "push", "dev");
        await MarkAsync(engine, "push", "prod");
        var first = await passes.NextAsync();
        var second = await passes.NextAsync();
        await engine.Queue.MarkAsync([new WorkKey(engine.Repository, EnvironmentName.Parse("third"))], "push", TestContext.Current.CancellationToken);
        Assert.Equal(0, passes.Waiting);

        var aside = first.Context.StepAside();
        var third = await passes.NextAsync();
        aside!.Dispose();

        foreach (var pass in (StartedPass[])[first, second, third])
            pass.Complete();
        await NothingIsDueAsync(engine);
    }

    [Fact]
    public async Task A_failure_is_tried_again_later_and_later_and_a_mark_starts_over()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = await IntakeEngine.StartAsync(time: time);
        await using var passes = new Passes(engine);
        await MarkAsync(engine, "push", "dev");

        for (var attempt = 1; attempt <= 8; attempt++)
        {
            (await passes.NextAsync()).End(new WorkResult.RetryAfter(null, "git is away"));
            var item = await PostponedAsync(engine, row => row.Attempt == attempt);
            Assert.Equal("git is away", item.Reason);
            var nominal = Math.Min(5 * Math.Pow(2, attempt - 1), 300);
            Assert.InRange((item.DueAt - time.GetUtcNow()).TotalSeconds, (nominal * 0.8) - 0.01, (nominal * 1.2) + 0.01);
            time.Advance(item.DueAt - time.GetUtcNow() - TimeSpan.FromMilliseconds(10));
            Assert.Equal(0, passes.Waiting);
            // More than once: the queue may have read the clock before, and set its own for later.
            await Eventually.HoldsAsync("it is tried again", () => passes.Waiting > 0, () => time.Advance(TimeSpan.FromMilliseconds(20)));
        }

        (await passes.NextAsync()).End(new WorkResult.RetryAfter(null, "git is away"));
        await PostponedAsync(engine, row => row.Attempt == 9);
        await MarkAsync(engine, "push", "dev");
        var fresh = await passes.NextAsync();
        Assert.Equal(0, fresh.Context.Item.Attempt);
        fresh.Complete();
    }

    [Theory]
    [InlineData(42, 42)]
    [InlineData(24 * 60, 60)]
    public async Task A_pass_may_say_itself_when_to_try_again_within_the_hour(int asked, int waits)
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        await using var passes = new Passes(engine);
        await MarkAsync(engine, "push", "dev");

        (await passes.NextAsync()).End(new WorkResult.RetryAfter(TimeSpan.FromMinutes(asked), "asked to wait"));

        var item = await PostponedAsync(engine, row => row.Attempt == 1);
        Assert.Equal(time.GetUtcNow().AddMinutes(waits), item.DueAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Who_asks_for_a_moment_each_time_is_asked_less_and_less_often_too()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        await using var passes = new Passes(engine);
        await MarkAsync(engine, "push", "dev");

        (await passes.NextAsync()).End(new WorkResult.RetryAfter(TimeSpan.FromSeconds(1), "asked to wait"));

        Assert.InRange(((await PostponedAsync(engine, row => row.Attempt == 1)).DueAt - time.GetUtcNow()).TotalSeconds, 4, 6);
    }

    [Fact]
    public async Task What_is_tried_again_is_looked_at_as_soon_as_something_else_of_it_is_due()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        await using var passes = new Passes(engine);
        await MarkAsync(engine, "push", "dev");
        var opens = time.GetUtcNow().AddMinutes(2);

        (await passes.NextAsync()).End(new WorkResult.RetryAfter(TimeSpan.FromMinutes(40), "asked to wait", opens));

        Assert.Equal(opens, (await PostponedAsync(engine, row => row.Attempt == 1)).DueAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task What_is_held_waits_for_its_time_or_for_a_mark_whichever_comes_first()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        await using var passes = new Passes(engine);
        await MarkAsync(engine, "push", "dev", "prod");
        for (var pass = 0; pass < 2; pass++)
            (await passes.NextAsync()).End(new WorkResult.Again(time.GetUtcNow().AddHours(3), "frozen"));
        await Eventually.HoldsAsync("both are held", async () => (await engine.Work.ListAsync(CancellationToken.None)).All(row => row.Reason == "frozen"));

        await MarkAsync(engine, "run finished in dev", "prod");
        var early = await passes.NextAsync();
        Assert.Equal(engine.Key("prod"), early.Context.Item.Key);
        early.Complete();
        time.Advance(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, passes.Waiting);
        time.Advance(TimeSpan.FromSeconds(2));

        var late = await passes.NextAsync();
        Assert.Equal((engine.Key("dev"), 0), (late.Context.Item.Key, late.Context.Item.Attempt));
        late.Complete();
        await NothingIsDueAsync(engine);
    }

    [Fact]
    public async Task An_exception_is_a_failure_of_its_key_alone()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await using var passes = new Passes(engine);
        await MarkAsync(engine, "push", "dev");
        (await passes.NextAsync()).Fail(new InvalidOperationException("token=secret"));
        var poisoned = await PostponedAsync(engine, row => row.Attempt == 1);
        await MarkAsync(engine, "push", "prod");
        (await passes.NextAsync()).Fail(new TaskCanceledException("a request timed out"));
        await PostponedAsync(engine, row => row.Attempt == 1 && row.Key == engine.Key("prod"));

        Assert.Equal("an unexpected InvalidOperationException; the engine's log has the details", poisoned.Reason);
        Assert.True(passes.IsRunning);
    }

    [Fact]
    public async Task A_stop_hands_back_what_is_in_flight_and_the_next_start_runs_it()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await MarkAsync(engine, "push", "dev");
        await using (var passes = new Passes(engine))
            await passes.NextAsync();
        var left = Assert.Single(await engine.Work.ListAsync(CancellationToken.None));

        await using var restarted = await IntakeEngine.StartAsync(folder: engine.Folder);
        await using var again = new Passes(restarted);

        Assert.Equal(left, (await again.NextAsync()).Context.Item);
    }

    [Fact]
    public async Task What_a_pass_completes_while_the_engine_stops_is_recorded()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await MarkAsync(engine, "push", "dev");
        using var stop = new CancellationTokenSource();
        await engine.Queue.RunAsync(
            async (_, _) =>
            {
                await stop.CancelAsync();
                return new WorkResult.Completed();
            },
            stop.Token);

        Assert.Empty(await engine.Work.ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_clock_set_forward_makes_work_due_within_a_minute()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        await using var passes = new Passes(engine);
        await MarkAsync(engine, "push", "dev");
        (await passes.NextAsync()).End(new WorkResult.Again(time.GetUtcNow().AddDays(400), "frozen"));
        await PostponedAsync(engine, row => row.Reason == "frozen");

        // Timers do not see such a jump; the queue looks at the clock again after a minute. More than once, since it may be setting its timer just now.
        time.AdjustTime(time.GetUtcNow().AddDays(401));
        await Eventually.HoldsAsync("it is due", () => passes.Waiting > 0, () => time.Advance(TimeSpan.FromMinutes(1)));

        (await passes.NextAsync()).Complete();
    }

    private static Task MarkAsync(IntakeEngine engine, string reason, params string[] environments) =>
        engine.Queue.MarkAsync(environments.Select(engine.Key), reason, CancellationToken.None);

    private static Task NothingIsDueAsync(IntakeEngine engine) =>
        Eventually.HoldsAsync("no work is left", async () => (await engine.Work.ListAsync(CancellationToken.None)).Count == 0);

    private static async Task<WorkItem> PostponedAsync(IntakeEngine engine, Func<WorkItem, bool> isSo)
    {
        WorkItem? found = null;
        await Eventually.HoldsAsync("the work is put off", async () => (found = (await engine.Work.ListAsync(CancellationToken.None)).FirstOrDefault(isSo)) is not null);
        return found!;
    }
}
