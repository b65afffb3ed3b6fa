using System.Net;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>The event log of a real engine, as the API tells it.</summary>
public class EventLogSpecs
{
    [Fact]
    public async Task What_happened_is_told_newest_first_and_only_of_what_I_ask_for()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevAndProd);
        await engine.StartAsync();
        var broken = await ConnectAsync(engine, folder, "broken", "name: job\n");
        var empty = await ConnectAsync(engine, folder, "empty", null);
        var refused = await engine.ReconciledAsync("broken", "dev", broken);
        await engine.ReconciledAsync("empty", "dev", empty);

        // The log is written behind what it tells of. Empty in dev is not in it: nothing changed there.
        await engine.UntilAsync("three passes are in the log", async () => (await EventsAsync(engine, "limit=1000")).Count(line => line.Kind == "pass") == 3);

        var all = await EventsAsync(engine, "limit=1000");
        Assert.Equal(all.OrderByDescending(line => line.Id), all);
        Assert.Contains(all, line => line is { Kind: "work", Repository: "empty", Environment: "prod" });
        var ofBroken = await EventsAsync(engine, "repository=broken&environment=dev");
        Assert.All(ofBroken, line => Assert.Equal(("broken", "dev"), (line.Repository, line.Environment)));
        Assert.Contains(ofBroken, line => line.Kind == "work");
        Assert.Contains(ofBroken, line => line.Kind == "pass" && line.Text == refused.Message);
        Assert.InRange(Assert.Single(await EventsAsync(engine, "limit=1")).Id, all[0].Id, long.MaxValue);
        Assert.Empty(await EventsAsync(engine, "trigger=job"));
        Assert.Equal((HttpStatusCode.NotFound, "No repository called 'nobody' is connected."), await engine.RefusedAsync(HttpMethod.Get, "events?repository=nobody"));
    }

    private static async Task<string> ConnectAsync(EngineProcess engine, TempFolder folder, string name, string? manifest)
    {
        var repository = await WorkingCopy.CreateAsync(folder, name);
        if (manifest is not null)
            repository.Write("trigger.yaml", manifest);
        var commit = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await engine.ConnectAsync(repository);
        return commit;
    }

    private static async Task<List<EventView>> EventsAsync(EngineProcess engine, string query) => [.. await engine.GetAsync<IReadOnlyList<EventView>>($"events?{query}")];
}
