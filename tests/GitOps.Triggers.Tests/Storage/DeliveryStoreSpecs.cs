using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Intake;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace GitOps.Triggers.Tests.Storage;

public class DeliveryStoreSpecs
{
    private static readonly DateTimeOffset Noon = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_delivery_and_its_marks_are_stored_together_or_not_at_all()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await using (var context = engine.Database.CreateDbContext())
            await context.Database.ExecuteSqlRawAsync("CREATE TRIGGER refuse BEFORE INSERT ON work BEGIN SELECT RAISE(ABORT, 'no'); END", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<SqliteException>(() => engine.Writer.SaveAsync([Some(0)], [new WorkMark(engine.Key("dev"), Noon, "push")], CancellationToken.None));

        Assert.Empty(await engine.Deliveries.ListAsync(1, CancellationToken.None));
    }

    [Fact]
    public async Task A_delivery_comes_back_as_it_was_stored()
    {
        await using var engine = await IntakeEngine.StartAsync();
        var full = Some(0) with { Action = "closed", Repository = engine.Repository };

        await engine.Writer.SaveAsync([full, Some(-1)], [], CancellationToken.None);

        Assert.Equal(full, (await engine.Deliveries.ListAsync(1, CancellationToken.None)).Single());
        Assert.Equal(Some(-1) with { Guid = "" }, (await engine.Deliveries.ListAsync(2, CancellationToken.None))[1] with { Guid = "" });
    }

    [Fact]
    public async Task Old_ones_and_those_beyond_the_number_go_the_oldest_first()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await engine.Writer.SaveAsync([.. Enumerable.Range(0, 5_000).Select(minute => Some(-minute))], [], CancellationToken.None);

        await engine.Deliveries.TrimAsync(Noon.AddMinutes(-4_000), 10_000, CancellationToken.None);
        Assert.Equal(4_001, (await engine.Deliveries.ListAsync(10_000, CancellationToken.None)).Count);

        await engine.Deliveries.TrimAsync(Noon.AddYears(-1), 100, CancellationToken.None);
        var left = await engine.Deliveries.ListAsync(10_000, CancellationToken.None);
        Assert.Equal((100, Noon, Noon.AddMinutes(-99)), (left.Count, left[0].ReceivedAt, left[^1].ReceivedAt));
    }

    private static Delivery Some(int minute) => new() { Guid = Guid.NewGuid().ToString(), Event = "push", Outcome = "marked dev", ReceivedAt = Noon.AddMinutes(minute) };
}
