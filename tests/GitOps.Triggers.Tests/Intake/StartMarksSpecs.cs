using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class StartMarksSpecs
{
    private static readonly EnvironmentName Left = EnvironmentName.Parse("test");

    [Fact]
    public async Task At_start_everything_is_marked_once()
    {
        await using var engine = await IntakeEngine.StartAsync();

        await engine.Start().MarkAsync(CancellationToken.None);

        Assert.Equal(["engine start", "engine start"], (await engine.Work.ListAsync(CancellationToken.None)).Select(item => item.Reason));
    }

    [Fact]
    public async Task What_is_no_longer_served_is_marked_first_and_not_again_once_it_is_retired()
    {
        await using var engine = await IntakeEngine.StartAsync(time: new FakeTimeProvider());
        var marks = new List<EngineEvent.WorkMarked>();
        engine.Events.Subscribe(happened => marks.AddRange(new[] { happened }.OfType<EngineEvent.WorkMarked>()));
        var (environment, repository) = (new WorkKey(engine.Repository, Left), new WorkKey(RepositoryId.Parse("git-0000000000000000"), EnvironmentName.Parse("dev")));
        await engine.Statuses.ReplaceAsync(Pass(environment, PassOutcome.Applied), CancellationToken.None);
        await engine.Statuses.ReplaceAsync(Pass(repository, PassOutcome.Failed), CancellationToken.None);
        await engine.Statuses.ReplaceAsync(Pass(repository with { Environment = Left }, PassOutcome.Retired), CancellationToken.None);

        await engine.Start().MarkAsync(CancellationToken.None);

        Assert.Equal(["no longer served", "no longer served", "engine start", "engine start"], marks.Select(mark => mark.Reason));
        Assert.Equal(new[] { environment, repository }.ToHashSet(), marks.Take(2).Select(mark => mark.Key).ToHashSet());
    }

    [Fact]
    public async Task A_database_that_does_not_answer_at_the_start_delays_the_marks_and_the_passes_and_ends_neither()
    {
        var time = new FakeTimeProvider();
        await using var engine = await IntakeEngine.StartAsync(time: time);
        await RenameAsync(engine, "work", "hidden");
        await using var passes = new Passes(engine);
        var marking = engine.Start().MarkAsync(CancellationToken.None);
        for (var second = 0; second < 30; second++)
            time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((false, true, false), (engine.Queue.IsReady, passes.IsRunning, marking.IsCompleted));

        await RenameAsync(engine, "hidden", "work");
        await Eventually.HoldsAsync("both go on", () => engine.Queue.IsReady && marking.IsCompletedSuccessfully, () => time.Advance(TimeSpan.FromSeconds(5)));

        (await passes.NextAsync()).Complete();
    }

    private static async Task RenameAsync(IntakeEngine engine, string table, string name)
    {
        await using var context = engine.Database.CreateDbContext();
        await context.Database.ExecuteSqlRawAsync(FormattableString.Invariant($"ALTER TABLE {table} RENAME TO {name}"));
    }

    private static PassRecord Pass(WorkKey key, PassOutcome outcome) => new() { Key = key, Outcome = outcome, Message = "", FinishedAt = default };
}
