using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class DeliveryCleanerSpecs
{
    [Fact]
    public async Task Deliveries_are_kept_for_a_week()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = await IntakeEngine.StartAsync(time: time);
        await SaveAsync(engine, time.GetUtcNow());
        using var cleaner = new DeliveryCleaner(engine.Deliveries, time, NullLogger<DeliveryCleaner>.Instance);
        await cleaner.StartAsync(CancellationToken.None);

        time.Advance(TimeSpan.FromDays(6));
        await SaveAsync(engine, time.GetUtcNow());
        await Eventually.HoldsAsync("the older one goes", async () => (await CountAsync(engine)) == 1, () => time.Advance(TimeSpan.FromHours(1)));

        Assert.InRange(time.GetUtcNow(), new DateTimeOffset(2024, 6, 8, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2024, 6, 14, 0, 0, 0, TimeSpan.Zero));
        await cleaner.StopAsync(CancellationToken.None);
    }

    private static Task SaveAsync(IntakeEngine engine, DateTimeOffset at) =>
        engine.Writer.SaveAsync([new Delivery { Guid = Guid.NewGuid().ToString(), Event = "ping", Outcome = "pong", ReceivedAt = at }], [], CancellationToken.None);

    private static async Task<int> CountAsync(IntakeEngine engine) => (await engine.Deliveries.ListAsync(10, CancellationToken.None)).Count;
}
