using System.Net;
using System.Text;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Tests.Builds;
using Xunit;

namespace GitOps.Triggers.Tests.Web;

public sealed class BuildContextApiSpecs : IAsyncLifetime
{
    private readonly BuildBench bench = new();
    private readonly HttpClient http = new();
    private BuildContexts contexts = null!;
    private ContextServer server = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        contexts = new BuildContexts(bench.Configuration);
        server = await ContextServer.StartAsync(IPAddress.Loopback, () => contexts);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        await bench.DisposeAsync();
    }

    [Fact]
    public async Task The_context_is_sent_for_its_token_until_the_build_has_it()
    {
        var archive = Path.Combine(bench.ContextFolder, "archive");
        await File.WriteAllBytesAsync(archive, new byte[1 << 20], Ct);
        using var offer = contexts.Offer("build-1", archive);
        var token = contexts.NewToken("build-1");

        using var sent = await PostAsync("build-1", token);

        Assert.Equal((HttpStatusCode.OK, 1 << 20), (sent.StatusCode, (await sent.Content.ReadAsByteArrayAsync(Ct)).Length));
        Assert.Equal(1 << 20, sent.Content.Headers.ContentLength);
        contexts.Forget("build-1");
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync("build-1", token)).StatusCode);
    }

    [Theory]
    [InlineData("build-1", "")]
    [InlineData("build-1", "0000")]
    [InlineData("build-2", "0000")]
    [InlineData("..%2F..%2Ftoken", "0000")]
    public async Task Who_has_no_token_learns_nothing(string build, string token)
    {
        using var offer = contexts.Offer("build-1", "archive");
        contexts.NewToken("build-1");

        using var answer = await PostAsync(build, token);

        Assert.Equal((HttpStatusCode.Forbidden, ""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct)));
    }

    [Fact]
    public async Task A_body_that_is_no_token_is_not_read()
    {
        using var answer = await PostAsync("build-1", new string('0', 1 << 20));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string build, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{server.Port}/api/builds/{build}/context"))
        {
            Content = new ByteArrayContent(Encoding.ASCII.GetBytes(token)),
        };
        // A refusal is read before the body is sent: the server closes the connection then.
        request.Headers.ExpectContinue = true;
        return await http.SendAsync(request, Ct);
    }
}
