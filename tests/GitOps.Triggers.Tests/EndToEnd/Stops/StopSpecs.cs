using System.Net;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd.Stops;

/// <summary>SIGTERM while the engine waits for others: a git host, a sender, the database.</summary>
public sealed class StopSpecs
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task An_engine_that_does_nothing_stops_at_once()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();

        Assert.InRange(await engine.StoppedAsync(), TimeSpan.Zero, AtOnce);
    }

    [Fact]
    public async Task A_fetch_that_is_never_answered_is_given_up_and_is_made_up_for_by_the_next_engine()
    {
        using var folder = new TempFolder();
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        var commit = await repository.CommitAsync("nothing yet");
        await repository.PushAsync("main");
        await using var host = await GitHttpServer.StartAsync(folder.Path);
        host.Instead = NeverAnswers;
        var url = host.Url("nightly.git").Value;
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await File.AppendAllTextAsync(engine.Configuration, $"\nrepositories: [ {{ url: \"{url}\" }} ]\n", Ct);
        await engine.StartAsync();
        await engine.UntilAsync("it fetches", () => Task.FromResult(host.Requests.Count > 0));

        Assert.InRange(await engine.StoppedAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Empty(Processes.Mentioning(url));

        host.Instead = _ => false;
        await engine.StartAsync();
        await engine.ReconciledAsync("nightly", "dev", commit);
    }

    [Fact]
    public async Task Webhooks_that_wait_for_the_database_are_stored_and_answered_before_the_end()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);
        await engine.StartAsync();
        var deliveries = Enumerable.Range(0, 100).Select(_ => SignedDelivery.Push()).ToList();
        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(deliveries[0]));
        using var holder = Hold(door);
        var waiting = await SentAsync(door, deliveries.Skip(1));

        var stopping = engine.StoppedAsync();
        await engine.UntilAsync("it stops", () => Task.FromResult(engine.Log.Contains("shutting down", StringComparison.Ordinal)));
        Execute(holder, "ROLLBACK");

        Assert.All(await Task.WhenAll(waiting), status => Assert.Equal(HttpStatusCode.Accepted, status));
        await stopping;
        Assert.Equal(deliveries.Select(one => one.Guid!).Order(StringComparer.Ordinal), door.Stored().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Webhooks_that_cannot_be_stored_before_the_end_are_refused_and_none_is_acknowledged()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);
        await engine.StartAsync();
        using var holder = Hold(door);
        var waiting = await SentAsync(door, Enumerable.Range(0, 100).Select(_ => SignedDelivery.Push()));

        var stopping = engine.StoppedAsync();

        Assert.All(await Task.WhenAll(waiting), status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status));
        await stopping;
        Execute(holder, "ROLLBACK");
        await engine.StartAsync();
        Assert.Equal(HttpStatusCode.Accepted, await door.StatusAsync(SignedDelivery.Push()));
    }

    [Fact]
    public async Task A_sender_that_never_comes_to_its_end_does_not_hold_up_the_stop()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);
        await engine.StartAsync();
        using var sending = new CancellationTokenSource();
        WatchedContent? body = null;
        var answer = Record.ExceptionAsync(() => door.SendAsync(SignedDelivery.Push(), request => body = new WatchedContent(request, isEndless: true, sending.Token)));
        await body!.HasBegun.WaitAsync(Ct);

        Assert.InRange(await engine.StoppedAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(20));

        await sending.CancelAsync();
        Assert.NotNull(await answer);
    }

    /// <returns>The answers that are to come, when the engine has taken all of them in.</returns>
    private static async Task<List<Task<HttpStatusCode>>> SentAsync(EngineDoor door, IEnumerable<SignedDelivery> deliveries)
    {
        var bodies = new List<WatchedContent>();
        var waiting = deliveries.Select(async delivery => (await door.SendAsync(delivery, request => bodies.Add(new WatchedContent(request, isEndless: false, Ct)))).Status).ToList();
        await Task.WhenAll(bodies.Select(body => body.HasBegun));
        return waiting;
    }

    private static bool NeverAnswers(Microsoft.AspNetCore.Http.HttpContext request)
    {
        request.RequestAborted.WaitHandle.WaitOne();
        return true;
    }

    private static SqliteConnection Hold(EngineDoor door)
    {
        var holder = door.Open();
        Execute(holder, "BEGIN EXCLUSIVE");
        return holder;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
