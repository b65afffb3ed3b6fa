using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class InboxSpecs
{
    [Fact]
    public async Task Deliveries_that_come_together_share_a_commit()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await using var writer = new DeliveryWriter(engine.Database);
        var inbox = new Inbox(writer, engine.Queue, TimeProvider.System, NullLogger<Inbox>.Instance);

        var together = Enumerable.Range(0, 400).Select(_ => inbox.StoreAsync(Some(), [Mark(engine, "dev")], CancellationToken.None)).ToList();
        await inbox.StartAsync(CancellationToken.None);

        Assert.All(await Task.WhenAll(together), result => Assert.IsType<StageResult<Delivery>.Done>(result));
        // Each commit marks a key once.
        Assert.InRange((await engine.Work.FindAsync(engine.Key("dev"), CancellationToken.None))!.Generation, 1, 2);
        Assert.Equal(400, (await engine.Deliveries.ListAsync(1_000, CancellationToken.None)).Count);
        await inbox.StopAsync(CancellationToken.None);
    }

    [Fact]
    [Threat(11)]
    public async Task Nothing_is_acknowledged_while_the_database_stalls_and_what_waited_is_stored_afterwards()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        var delivery = Some();
        Task<StageResult<Delivery>> result;
        await using (var context = engine.Database.CreateDbContext())
        await using (await context.Database.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            result = engine.Inbox.StoreAsync(delivery, [Mark(engine, "dev")], CancellationToken.None);
            await Eventually.HoldsAsync("the sender is answered", () => result.IsCompleted, () => time.Advance(TimeSpan.FromSeconds(1)));
        }

        var retry = Assert.IsType<StageResult<Delivery>.Retry>(await result);
        Assert.Equal("the database did not store the delivery in time", retry.Reason);
        await Eventually.HoldsAsync("it is stored", async () => (await engine.Deliveries.ListAsync(1, CancellationToken.None)).Count == 1);
        // Its sender gave up; the work that it marked is done nevertheless.
        await using var passes = new Passes(engine);
        (await passes.NextAsync()).Complete();
    }

    [Fact]
    [Threat(11)]
    public async Task A_failure_of_the_database_is_no_acknowledgement_and_passes()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await ExecuteAsync(engine, "ALTER TABLE work RENAME TO away");

        var refused = await engine.Inbox.StoreAsync(Some(), [Mark(engine, "dev")], CancellationToken.None);
        Assert.IsType<StageResult<Delivery>.Retry>(refused);
        Assert.Empty(await engine.Deliveries.ListAsync(1, CancellationToken.None));

        await ExecuteAsync(engine, "ALTER TABLE away RENAME TO work");
        Assert.IsType<StageResult<Delivery>.Done>(await engine.Inbox.StoreAsync(Some(), [Mark(engine, "dev")], CancellationToken.None));
    }

    [Fact]
    public async Task A_flood_beyond_what_may_wait_is_turned_away_at_once()
    {
        await using var engine = await IntakeEngine.StartAsync();
        var notStarted = new Inbox(engine.Writer, engine.Queue, TimeProvider.System, NullLogger<Inbox>.Instance);
        for (var number = 0; number < 5_000; number++)
            _ = notStarted.StoreAsync(Some(), [], CancellationToken.None);

        var result = notStarted.StoreAsync(Some(), [], CancellationToken.None);

        Assert.True(result.IsCompletedSuccessfully);
        Assert.IsType<StageResult<Delivery>.Retry>(await result);
    }

    [Fact]
    public async Task A_stop_stores_what_was_taken_in_and_takes_in_no_more()
    {
        await using var engine = await IntakeEngine.StartAsync();
        var taken = Enumerable.Range(0, 100).Select(_ => engine.Inbox.StoreAsync(Some(), [], CancellationToken.None)).ToList();

        await engine.Inbox.StopAsync(CancellationToken.None);

        Assert.All(await Task.WhenAll(taken), result => Assert.IsType<StageResult<Delivery>.Done>(result));
        Assert.IsType<StageResult<Delivery>.Retry>(await engine.Inbox.StoreAsync(Some(), [], CancellationToken.None));
    }

    [Fact]
    [Threat(34)]
    public async Task What_was_acknowledged_is_there_whenever_the_process_ends()
    {
        await using var engine = await IntakeEngine.StartAsync();
        var acknowledged = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 16).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
            {
                var delivery = Some();
                if (await engine.Inbox.StoreAsync(delivery, [Mark(engine, "dev")], CancellationToken.None) is StageResult<Delivery>.Done)
                    acknowledged.Add(delivery.Guid);
            }
        }).ToList();

        for (var kill = 0; kill < 15; kill++)
        {
            var before = acknowledged.Count;
            await Eventually.HoldsAsync("more are acknowledged", () => acknowledged.Count > before + 20);
            using var left = await CrashImage.TakeAsync(engine.Database, () => acknowledged.ToHashSet());
            Assert.Equal("ok", await left.IntegrityAsync());
            Assert.Subset(await left.GuidsAsync(), left.Expected);
            Assert.Equal(engine.Key("dev"), Assert.Single(await left.WorkAsync()).Key);
        }
        await stop.CancelAsync();
        await Task.WhenAll(senders);
    }

    private static Delivery Some() => new() { Guid = Guid.NewGuid().ToString(), Event = "push", Outcome = "marked dev", ReceivedAt = DateTimeOffset.UnixEpoch };

    private static WorkMark Mark(IntakeEngine engine, string environment) => new(engine.Key(environment), DateTimeOffset.UnixEpoch, "push");

    private static async Task ExecuteAsync(IntakeEngine engine, string sql)
    {
        await using var context = engine.Database.CreateDbContext();
        await context.Database.ExecuteSqlRawAsync(sql);
    }
}
