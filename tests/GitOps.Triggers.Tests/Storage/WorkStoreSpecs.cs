using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Intake;
using Xunit;

namespace GitOps.Triggers.Tests.Storage;

public class WorkStoreSpecs
{
    private static readonly DateTimeOffset Noon = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_mark_counts_up_takes_the_sooner_time_and_forgets_failures()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await MarkAsync(engine, Noon, "first");
        var first = (await FindAsync(engine))!;
        await engine.Work.PostponeAsync(first, Noon.AddHours(1), attempt: 3, "away", CancellationToken.None);
        Assert.Equal((1L, Noon.AddHours(1), 3, "away"), Parts(await FindAsync(engine)));

        await MarkAsync(engine, Noon.AddHours(2), "later");
        Assert.Equal((2L, Noon.AddHours(1), 0, "later"), Parts(await FindAsync(engine)));
        await MarkAsync(engine, Noon, "sooner");
        Assert.Equal((3L, Noon, 0, "sooner"), Parts(await FindAsync(engine)));
    }

    [Fact]
    [Threat(36)]
    public async Task Only_the_generation_that_was_worked_on_can_be_completed_or_put_off()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await MarkAsync(engine, Noon, "first");
        var worked = (await FindAsync(engine))!;
        await MarkAsync(engine, Noon, "second");

        Assert.False(await engine.Work.CompleteAsync(worked, CancellationToken.None));
        Assert.False(await engine.Work.PostponeAsync(worked, Noon.AddDays(1), 1, "away", CancellationToken.None));
        Assert.Equal((2L, Noon, 0, "second"), Parts(await FindAsync(engine)));
        Assert.True(await engine.Work.CompleteAsync((await FindAsync(engine))!, CancellationToken.None));
        Assert.Null(await FindAsync(engine));
    }

    [Fact]
    public async Task Work_is_listed_soonest_first_and_by_repository()
    {
        await using var engine = await IntakeEngine.StartAsync();
        await engine.Work.MarkAsync([new WorkMark(engine.Key("dev"), Noon.AddHours(1), "later"), new WorkMark(engine.Key("prod"), Noon, "sooner")], CancellationToken.None);

        Assert.Equal(["sooner", "later"], (await engine.Work.ListAsync(CancellationToken.None)).Select(item => item.Reason));
        Assert.Equal(2, (await engine.Work.ListAsync(engine.Repository, CancellationToken.None)).Count);
        Assert.Empty(await engine.Work.ListAsync(RepositoryId.Parse("another"), CancellationToken.None));
    }

    private static Task MarkAsync(IntakeEngine engine, DateTimeOffset dueAt, string reason) =>
        engine.Work.MarkAsync([new WorkMark(engine.Key("dev"), dueAt, reason)], CancellationToken.None);

    private static Task<WorkItem?> FindAsync(IntakeEngine engine) => engine.Work.FindAsync(engine.Key("dev"), CancellationToken.None);

    private static (long, DateTimeOffset, int, string) Parts(WorkItem? item) => (item!.Generation, item.DueAt, item.Attempt, item.Reason);
}
