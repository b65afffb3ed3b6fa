using System.Net;
using System.Net.Http.Json;
using System.Text;
using GitOps.Triggers.Tests.Webhooks;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.Web;

public class ApiGuardSpecs
{
    private const string Fine = """{"trigger":"job"}""";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer 0123456789abcdef0123456789abcdef")]
    [InlineData("bearer TOKEN")]
    [InlineData("Basic TOKEN")]
    [InlineData("Bearer TOKENx")]
    public async Task Without_the_token_nothing_is_served(string? authorization)
    {
        await using var api = await GuardedApi.StartAsync();

        using var answer = await SendAsync(api, Fine, authorization?.Replace("TOKEN", api.Token, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("The API needs a token.", (await ProblemAsync(answer)).Message);
        Assert.Equal(0, api.Served);
    }

    [Theory]
    [InlineData("/api/v1/runs")]
    [InlineData("/API/V1/runs")]
    [InlineData("/api/v1/%72uns")]
    [InlineData("/api/v1/nothing-here")]
    public async Task No_spelling_of_the_address_leads_past_the_guard(string path)
    {
        await using var api = await GuardedApi.StartAsync();

        using var answer = await SendAsync(api, Fine, null, path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(0, api.Served);
    }

    [Fact]
    public async Task A_stranger_is_refused_before_any_of_the_body_is_read()
    {
        await using var api = await GuardedApi.StartAsync();
        using var connection = await RawConnection.OpenAsync(api.Address, Ct);

        // The body never comes: whoever waits for it does not answer.
        await connection.SendAsync(Encoding.ASCII.GetBytes("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"), Ct);

        Assert.Equal(401, await connection.StatusAsync(Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct));
    }

    [Fact]
    public async Task With_the_token_a_request_is_served_and_what_it_lacks_is_said()
    {
        await using var api = await GuardedApi.StartAsync();

        using var served = await SendAsync(api, Fine, "Bearer " + api.Token);
        using var refused = await SendAsync(api, """{"trigger":""}""", "Bearer " + api.Token);

        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal((HttpStatusCode.NotFound, "There is no such trigger."), (refused.StatusCode, (await ProblemAsync(refused)).Message));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_the_limit_is_refused_whether_it_says_its_length_or_not(bool chunked)
    {
        await using var api = await GuardedApi.StartAsync();
        var body = $$"""{"trigger":"{{new string('x', GuardedApi.Limit)}}"}""";

        using var answer = await SendAsync(api, body, "Bearer " + api.Token, chunked: chunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("The body is larger than 4 KiB.", (await ProblemAsync(answer)).Message);
        Assert.Equal(0, api.Served);
    }

    [Theory]
    [InlineData("POST", "/api/v1/runs", "{", 400)]
    [InlineData("POST", "/api/v1/runs", """{"trigger":7}""", 400)]
    [InlineData("POST", "/api/v1/nothing-here", Fine, 404)]
    [InlineData("PUT", "/api/v1/runs", Fine, 405)]
    public async Task What_the_server_refuses_by_itself_is_explained_too(string method, string path, string body, int status)
    {
        await using var api = await GuardedApi.StartAsync();

        using var answer = await SendAsync(api, body, "Bearer " + api.Token, path, method);

        Assert.Equal(status, (int)answer.StatusCode);
        var problem = await ProblemAsync(answer);
        Assert.NotEmpty(problem.Message);
        Assert.NotEmpty(problem.Fix);
    }

    [Fact]
    public async Task What_is_not_the_API_needs_no_token()
    {
        await using var api = await GuardedApi.StartAsync();

        Assert.Equal("ok", await api.Http.GetStringAsync("/healthz", Ct));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> SendAsync(GuardedApi api, string body, string? authorization, string path = "/api/v1/runs", string method = "POST", bool chunked = false)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = chunked;
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await api.Http.SendAsync(request, Ct);
    }

    private static async Task<Problem> ProblemAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<Problem>(WebJson.Options, Ct))!;
}
