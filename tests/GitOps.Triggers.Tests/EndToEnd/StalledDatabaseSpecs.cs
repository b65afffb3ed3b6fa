using System.Diagnostics;
using System.Net;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>Another program holds the engine's database, in real time.</summary>
public sealed class StalledDatabaseSpecs
{
    [Fact]
    [Threat(11)]
    public async Task A_database_that_is_held_for_15_seconds_is_told_to_the_sender_and_acknowledges_nothing()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);
        await engine.StartAsync();
        var before = SignedDelivery.Push();
        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(before));
        using var holder = door.Open();
        Execute(holder, "BEGIN EXCLUSIVE");
        var held = Stopwatch.StartNew();

        // Each is answered after the door's own patience; the second one begins to wait when the first is answered.
        for (var wait = 0; wait < 2 || held.Elapsed < TimeSpan.FromSeconds(15); wait++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => door.SendAsync(SignedDelivery.Push())));
            Assert.All(answers, answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, "the database did not store the delivery in time\n"), answer));
        }
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await door.ReadyAsync());
        Assert.Equal([before.Guid!], door.Stored());
        Execute(holder, "ROLLBACK");

        var after = SignedDelivery.Push();
        await engine.UntilAsync("deliveries are taken again", async () => await door.StatusAsync(after) is HttpStatusCode.Accepted);
        Assert.Contains(after.Guid!, door.Stored());
        await engine.UntilAsync("it is ready again", async () => await door.ReadyAsync() is HttpStatusCode.OK);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
