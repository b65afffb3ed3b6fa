using System.Net;
using System.Text;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>What a real engine shows to those who come by the network, and what it leaves on the disk.</summary>
public class EngineDoorsSpecs
{
    [Fact]
    public async Task Only_the_API_asks_for_the_token_and_it_does_so_before_it_looks_at_a_request()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        using var stranger = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{engine.Port}"), Timeout = TimeSpan.FromSeconds(30) };

        foreach (var path in (string[])["repositories", "runs", "pauses"])
        {
            // No JSON at all: whoever parses first answers 400.
            using var answer = await stranger.PostAsync($"/api/v1/{path}", new StringContent("{", Encoding.UTF8, "application/json"), Ct);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        foreach (var path in (string[])["engine", "repositories", "triggers", "releases", "builds", "builds/1/log", "runs", "runs/x/log", "explain?trigger=x", "events", "deliveries"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"/api/v1/{path}", Ct)).StatusCode);
        foreach (var path in (string[])["/healthz", "/readyz", "/metrics"])
            Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync(path, Ct)).StatusCode);
    }

    [Fact]
    public async Task Metrics_at_an_address_of_their_own_are_there_and_nowhere_else()
    {
        using var folder = new TempFolder();
        var apart = EngineProcess.FreePort();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        var configuration = await File.ReadAllTextAsync(engine.Configuration);
        await File.WriteAllTextAsync(engine.Configuration, configuration.Replace("listen:", $"metrics: \"http://127.0.0.1:{apart}\", listen:", StringComparison.Ordinal));
        await engine.StartAsync();
        using var http = new HttpClient();
        async Task<HttpStatusCode> StatusAsync(int port, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{path}") { Headers = { Host = $"127.0.0.1:{apart}" } };
            return (await http.SendAsync(request)).StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(apart, "/metrics"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(engine.Port, "/metrics"));
        foreach (var path in (string[])["/healthz", "/api/v1/triggers", "/api/github/webhooks"])
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(apart, path));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(engine.Port, "/healthz"));
    }

    [Fact]
    public async Task A_webhook_request_that_was_acknowledged_is_shown_with_what_became_of_it()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        await engine.ConnectAsync(repository);
        using var github = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{engine.Port}"), Timeout = TimeSpan.FromSeconds(30) };
        var secret = File.ReadAllText(folder["secrets/webhook"]);

        foreach (var push in (SignedDelivery[])[SignedDelivery.Push(url: repository.Url), SignedDelivery.Push(branch: "elsewhere", url: repository.Url)])
            Assert.Equal(HttpStatusCode.Accepted, (await github.SendAsync((push with { Secret = secret }).Request(), Ct)).StatusCode);

        var shown = await engine.GetAsync<IReadOnlyList<DeliveryView>>("deliveries?limit=10");
        Assert.Equal(["push", "push"], shown.Select(row => row.Event));
        Assert.StartsWith("ignored", shown[0].Outcome, StringComparison.Ordinal);
        Assert.Equal(("nightly", "marked dev"), (shown[1].Repository, shown[1].Outcome));
        Assert.Single(await engine.GetAsync<IReadOnlyList<DeliveryView>>("deliveries?limit=1"));
    }

    [Fact]
    public async Task Everything_in_the_data_folder_is_explained_in_ARCHITECTURE()
    {
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        await repository.CommitAsync("nothing yet");
        await repository.PushAsync("main");
        await engine.ConnectAsync(repository);
        await engine.ReconciledAsync("nightly", "dev", await repository.HeadAsync());

        var explained = File.ReadAllText(Source.File("ARCHITECTURE.md"));

        Assert.All(Directory.GetFileSystemEntries(engine.DataFolder).Select(Path.GetFileName), name => Assert.Contains(name!, explained, StringComparison.Ordinal));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
