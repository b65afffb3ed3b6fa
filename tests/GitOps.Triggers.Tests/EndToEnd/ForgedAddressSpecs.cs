using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Webhooks;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>
/// Every address that a delivery could name has an ear on it: two of this machine's own, and a proxy for all that lies beyond. What the engine
/// asks there would be heard.
/// </summary>
public sealed class ForgedAddressSpecs : IDisposable
{
    private readonly TcpListener named = Ear("127.0.0.2");
    private readonly TcpListener header = Ear("127.0.0.3");
    private readonly TcpListener proxy = Ear("127.0.0.1");

    public void Dispose()
    {
        named.Dispose();
        header.Dispose();
        proxy.Dispose();
    }

    [Fact]
    [Threat(8)]
    public async Task No_packet_goes_to_an_address_that_a_delivery_names()
    {
        using var folder = new TempFolder();
        var repository = await WorkingCopy.CreateAsync(folder, "jobs");
        var first = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        using var door = new EngineDoor(engine, folder);
        var through = $"http://{proxy.LocalEndpoint}";
        await engine.StartAsync(("http_proxy", through), ("https_proxy", through), ("HTTPS_PROXY", through), ("ALL_PROXY", through), ("no_proxy", "127.0.0.2,127.0.0.3"), ("NO_PROXY", "127.0.0.2,127.0.0.3"));
        // Called as the provider calls it: then a payload is about it whatever address it names.
        await engine.PostAsync<ConnectReply>("repositories", new ConnectRequest(repository.Url, "example/jobs", null, null));
        await engine.ReconciledAsync("example/jobs", "dev", first);
        var second = await repository.CommitAsync("second");
        await repository.PushAsync("main");

        foreach (var address in Forged())
        {
            foreach (var delivery in (SignedDelivery[])[SignedDelivery.Push(url: address), SignedDelivery.Push(url: address, deleted: true), Everywhere(address), Everywhere(address) with { Event = "ping" }])
                Assert.Equal(HttpStatusCode.Accepted, (await door.SendAsync(delivery, Forge)).Status);
        }
        await engine.ReconciledAsync("example/jobs", "dev", second);
        await engine.UntilAsync("nothing is due", async () => (await engine.GetAsync<IReadOnlyList<RepositoryView>>("repositories")).All(view => view.Passes.All(pass => !pass.Due)));

        Assert.Equal((false, false, false), (named.Pending(), header.Pending(), proxy.Pending()));
        Assert.Single(Directory.EnumerateDirectories(Path.Combine(engine.DataFolder, "mirrors")));
        // What its operator names is asked, and heard.
        await engine.PostAsync<ConnectReply>("repositories", new ConnectRequest($"http://{named.LocalEndpoint}/near.git", null, null, null));
        await engine.UntilAsync("the near one is asked", () => Task.FromResult(named.Pending()));
        await engine.PostAsync<ConnectReply>("repositories", new ConnectRequest("http://git.example.invalid/far.git", null, null, null));
        await engine.UntilAsync("the far one is asked", () => Task.FromResult(proxy.Pending()));
    }

    private string[] Forged() =>
    [
        $"http://{named.LocalEndpoint}/example/jobs.git",
        string.Create(CultureInfo.InvariantCulture, $"ssh://git@127.0.0.2:{((IPEndPoint)named.LocalEndpoint).Port}/example/jobs.git"),
        $"git://{named.LocalEndpoint}/example/jobs.git",
        $"ext::sh -c curl% http://{named.LocalEndpoint}/",
        "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
        "https://metadata.google.internal/computeMetadata/v1/",
        "https://github.com.example.invalid/example/jobs.git",
        "file:///proc/self/environ",
    ];

    private void Forge(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("X-GitHub-Enterprise-Host", header.LocalEndpoint.ToString());
        request.Headers.TryAddWithoutValidation("X-GitHub-Enterprise-Version", "3.14.0");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", header.LocalEndpoint.ToString());
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "127.0.0.3");
        request.Headers.Host = header.LocalEndpoint.ToString();
    }

    /// <summary>In every place of a payload in which GitHub puts an address.</summary>
    private static SignedDelivery Everywhere(string address) => SignedDelivery.Of($$"""
        {"ref":"refs/heads/main","after":"0000000000000000000000000000000000000001","compare":"{{address}}","hook":{"config":{"url":"{{address}}"} },
        "repository":{"id":1,"full_name":"example/jobs","clone_url":"{{address}}","ssh_url":"{{address}}","git_url":"{{address}}","html_url":"{{address}}","url":"{{address}}",
        "svn_url":"{{address}}","mirror_url":"{{address}}","contents_url":"{{address}}{+path}","statuses_url":"{{address}}{sha}"},
        "installation":{"id":1,"access_tokens_url":"{{address}}"},"organization":{"url":"{{address}}"},"sender":{"avatar_url":"{{address}}","url":"{{address}}"},"head_commit":{"url":"{{address}}"} }
        """);

    private static TcpListener Ear(string address)
    {
        var ear = new TcpListener(IPAddress.Parse(address), 0);
        ear.Start();
        return ear;
    }
}
