using GitOps.Triggers.Domain;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

public sealed class EventMarksSpecs
{
    [Fact]
    public async Task News_from_upstream_that_the_database_could_not_take_are_marked_when_it_can()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("prod", "dev"));
        await bench.PassAsync("prod");
        Assert.Equal(TriggerState.Held, (await bench.StatusAsync("prod")).State);
        await bench.PassAsync("dev");
        var marks = bench.Get<EventMarks>();
        await marks.StartAsync(PassBench.Cancelled);
        await using var context = bench.Get<Database>().CreateDbContext();
        await context.Database.ExecuteSqlRawAsync("ALTER TABLE work RENAME TO away", PassBench.Cancelled);

        marks.On(new EngineEvent.Deployed((await bench.DeploymentsAsync("dev"))[0]));
        await Task.Delay(100, PassBench.Cancelled);
        await context.Database.ExecuteSqlRawAsync("ALTER TABLE away RENAME TO work", PassBench.Cancelled);

        await Eventually.HoldsAsync("prod is due", async () =>
        {
            bench.Time.Advance(TimeSpan.FromSeconds(10));
            return await bench.Get<WorkStore>().FindAsync(bench.Key("prod"), PassBench.Cancelled) is not null;
        });
        await marks.StopAsync(PassBench.Cancelled);
    }
}
