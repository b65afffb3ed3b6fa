using System.Net;
using System.Net.Sockets;
using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class HttpSourcesSpecs
{
    private const string Token = "ghs_s3cr3tT0ken";
    private static readonly BranchName Main = BranchName.Parse("main");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task I_can_fetch_over_https_with_a_token_file_that_is_rotated()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        using var certificate = GitHttpServer.SelfSigned();
        await using var server = await GitHttpServer.StartAsync(repository.Path, certificate);
        Environment.SetEnvironmentVariable("GIT_SSL_CAINFO", host.Data.Write("ca.pem", certificate.ExportCertificatePem()));
        server.Demand(Token);
        var connected = GitRepository.Connect(server.Url(".git")) with { TokenFile = host.Data.Write("token", "outdated\n") };
        var head = await repository.CommitAsync();
        Assert.Contains("refused access", Assert.Single(SourcesHost.Rejected(await host.Mirrors.HeadAsync(connected, Main, Ct))).Message);

        host.Data.Write("token", Token + "\n");

        Assert.Equal(head, await host.HeadAsync(connected));
        Assert.Equal(head, SourcesHost.Done(await host.Mirrors.RemoteHeadsAsync(connected, Ct))[Main]);
        Assert.Equal("*** ***", host.Secrets.Apply($"outdated {Token}"));
    }

    [Fact]
    [Threat(25)]
    public async Task A_token_stands_in_no_file_and_no_message()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await using var server = await GitHttpServer.StartAsync(repository.Path);
        server.Demand(Token);
        await repository.CommitAsync();
        var connected = GitRepository.Connect(server.Url(".git")) with { TokenFile = host.Data.Write("token", Token) };
        await host.HeadAsync(connected);
        server.Instead = context =>
        {
            context.Response.StatusCode = 403;
            return true;
        };

        var told = Assert.Single(SourcesHost.Rejected(await host.Mirrors.HeadAsync(connected, Main, Ct))).ToString();

        string[] forms = [Token, Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + Token))];
        foreach (var form in forms)
        {
            Assert.DoesNotContain(form, told);
            foreach (var file in Directory.EnumerateFiles(host.MirrorOf(connected), "*", SearchOption.AllDirectories))
                Assert.DoesNotContain(form, await File.ReadAllTextAsync(file, Encoding.Latin1, Ct));
        }
    }

    [Fact]
    public async Task A_host_that_wants_a_certain_user_name_gets_it_from_the_token_file()
    {
        using var folder = new TempFolder();
        using var host = new SourcesHost();
        await using var server = await GitHttpServer.StartAsync(folder.Path);
        var connected = GitRepository.Connect(server.Url("a.git")) with { TokenFile = host.Data.Write("token", "bot:" + Token) };

        await host.Mirrors.RemoteHeadsAsync(connected, Ct);

        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("bot:" + Token)), server.Requests.First().Authorization);
        Assert.Equal("bot ***", host.Secrets.Apply("bot " + Token));
    }

    [Theory]
    [Threat(16)]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task No_token_follows_a_redirect(int status)
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();
        await using var other = await GitHttpServer.StartAsync(repository.Path);
        await using var first = await GitHttpServer.StartAsync(repository.Path);
        first.Instead = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = other.Url(context.Request.Path.ToString().TrimStart('/'), "localhost") + context.Request.QueryString.ToString();
            return true;
        };
        var connected = GitRepository.Connect(first.Url(".git")) with { TokenFile = host.Data.Write("token", Token) };

        var finding = Assert.Single(SourcesHost.Rejected(await host.Mirrors.HeadAsync(connected, Main, Ct)));
        Assert.Contains("redirects", Assert.Single(SourcesHost.Rejected(await host.Mirrors.RemoteHeadsAsync(connected, Ct))).Message);

        Assert.Contains("redirects", finding.Message);
        Assert.Contains("present URL", finding.Fix);
        Assert.Empty(other.Requests);
        Assert.All(first.Requests, request => Assert.StartsWith("Basic ", request.Authorization));
    }

    [Fact]
    public async Task A_token_is_not_sent_in_the_clear()
    {
        using var host = new SourcesHost();
        var connected = GitRepository.Connect(RepositoryUrl.Parse("http://git.example.com/a.git")) with { TokenFile = host.Data.Write("token", Token) };

        Assert.Contains("in the clear", Assert.Single(SourcesHost.Rejected(await host.Mirrors.HeadAsync(connected, Main, Ct))).Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("one\nAuthorization: two")]
    public async Task A_token_file_without_one_token_is_said_and_tried_again(string? content)
    {
        using var host = new SourcesHost();
        if (content is not null)
            host.Data.Write("token", content);
        var connected = GitRepository.Connect(RepositoryUrl.Parse("https://127.0.0.1:1/a.git")) with { TokenFile = host.Data["token"] };

        Assert.Contains(host.Data["token"], SourcesHost.Retry(await host.Mirrors.HeadAsync(connected, Main, Ct)));
    }

    [Theory]
    [Threat(37)]
    [InlineData(404, true)]
    [InlineData(401, true)]
    [InlineData(403, true)]
    [InlineData(429, false)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    public async Task The_hosts_answer_decides_whether_to_try_again(int status, bool refused)
    {
        using var folder = new TempFolder();
        using var host = new SourcesHost();
        await using var server = await GitHttpServer.StartAsync(folder.Path);
        server.Instead = context =>
        {
            context.Response.StatusCode = status;
            return true;
        };

        var result = await host.Mirrors.HeadAsync(GitRepository.Connect(server.Url("a.git")), Main, Ct);

        Assert.Equal(refused, result is StageResult<GitOps.Triggers.Sources.BranchHead>.Rejected);
        Assert.Equal(!refused, result is StageResult<GitOps.Triggers.Sources.BranchHead>.Retry);
    }

    [Fact]
    [Threat(37)]
    public async Task A_host_that_says_nothing_is_given_up_after_the_time_limit()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var time = new FakeTimeProvider();
        using var host = new SourcesHost(time: time);
        var url = RepositoryUrl.Parse($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/a.git");

        var heads = host.Mirrors.RemoteHeadsAsync(GitRepository.Connect(url), Ct);
        using var silent = await listener.AcceptTcpClientAsync(Ct);
        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Contains("within 5m", SourcesHost.Retry(await heads));
    }

    [Fact]
    public async Task Passes_that_ask_at_once_share_a_fetch()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await using var server = await GitHttpServer.StartAsync(repository.Path);
        var head = await repository.CommitAsync();
        var connected = GitRepository.Connect(server.Url(".git"));

        var heads = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.HeadAsync(connected)));

        Assert.All(heads, seen => Assert.Equal(head, seen));
        Assert.InRange(server.Requests.Count(request => request.Path.EndsWith("/info/refs", StringComparison.Ordinal)), 1, 2);
    }
}
