using System.Collections.Concurrent;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Intake;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>The command that the README names, while the engine serves and webhooks come.</summary>
public class BackUpSpecs
{
    [Fact]
    public async Task A_back_up_that_is_made_while_the_engine_serves_holds_all_that_was_acknowledged_before()
    {
        using var folder = new TempFolder();
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        var acknowledged = new ConcurrentBag<string>();
        using var stop = new CancellationTokenSource();
        var senders = Enumerable.Range(0, 4).Select(_ => SendAsync(engine, repository, File.ReadAllText(folder["secrets/webhook"]), acknowledged, stop.Token)).ToList();
        await Eventually.HoldsAsync("webhooks come", () => acknowledged.Count > 200);

        var before = acknowledged.ToHashSet();
        await CliWrap.Cli.Wrap("sqlite3").WithArguments([Database.FileIn(engine.DataFolder), $".backup '{folder["copy.db"]}'"]).ExecuteAsync();
        await stop.CancelAsync();
        await Task.WhenAll(senders);
        await engine.KillAsync();
        Assert.True(acknowledged.Count > before.Count);

        foreach (var file in Directory.GetFiles(engine.DataFolder, "engine.db*"))
            File.Delete(file);
        File.Move(folder["copy.db"], Database.FileIn(engine.DataFolder));
        await engine.StartAsync();
        Assert.Equal("nightly", Assert.Single(await engine.GetAsync<IReadOnlyList<RepositoryView>>("repositories")).Name);
        Assert.Equal(0, await engine.StopAsync());
        using var restored = CrashImage.Of(engine.DataFolder);
        Assert.Equal("ok", await restored.IntegrityAsync());
        Assert.Subset(await restored.GuidsAsync(), before);
    }

    private static async Task SendAsync(EngineProcess engine, WorkingCopy repository, string secret, ConcurrentBag<string> acknowledged, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{engine.Port}") };
        while (!ct.IsCancellationRequested)
        {
            var delivery = SignedDelivery.Push(url: repository.Url) with { Secret = secret };
            using var request = delivery.Request();
            using var answer = await http.SendAsync(request, CancellationToken.None);
            Assert.True(answer.IsSuccessStatusCode);
            acknowledged.Add(delivery.Guid!);
        }
    }
}
