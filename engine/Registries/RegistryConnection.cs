using System.Net;
using System.Net.Http.Headers;
using Polly;

namespace GitOps.Triggers.Registries;

/// <summary>
/// The HTTP of one registry: retries, limits and redirects. No credential ever follows a redirect to another server: a registry may hand its requests
/// on to wherever its images lie.
/// </summary>
internal sealed class RegistryConnection : IDisposable
{
    private const int LongestAnswer = 256 << 10;
    private const int MostRedirects = 3;
    private static readonly ProductInfoHeaderValue Agent = new("gitops-triggers", typeof(RegistryConnection).Assembly.GetName().Version?.ToString(3));

    private readonly HttpClient http;
    private readonly ResiliencePipeline<HttpResponseMessage> pipeline;

    public RegistryConnection(SocketsHttpHandler handler, RegistryPatience patience, TimeProvider time)
    {
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = patience.Attempt;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer };
        pipeline = RegistryRetries.Pipeline(patience, time);
    }

    /// <summary>Asks, and follows where the answer leads. The answer is here as a whole; its request tells who gave it.</summary>
    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, Uri address, AuthenticationHeaderValue? authorization, IReadOnlyList<string> accept, CancellationToken ct)
    {
        var answer = await SendAsync(() => Request(method, address, authorization, accept), ct);
        for (var followed = 0; followed < MostRedirects && Target(answer) is { } target; followed++)
        {
            var carried = RegistryAddress.IsSameServer(address, target) ? authorization : null;
            answer.Dispose();
            answer = await SendAsync(() => Request(method, target, carried, accept), ct);
        }
        return answer;
    }

    /// <summary>Sends, and follows nothing.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken ct) => await pipeline.ExecuteAsync(
        async token => await http.SendAsync(make(), HttpCompletionOption.ResponseContentRead, token), ct);

    public void Dispose() => http.Dispose();

    public static HttpRequestMessage Request(HttpMethod method, Uri address, AuthenticationHeaderValue? authorization, IReadOnlyList<string> accept)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Authorization = authorization;
        foreach (var type in accept)
            request.Headers.Accept.ParseAdd(type);
        return request;
    }

    /// <returns>None where the answer leads nowhere, or out of TLS.</returns>
    private static Uri? Target(HttpResponseMessage answer)
    {
        var asked = answer.RequestMessage!.RequestUri!;
        if (answer.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || answer.Headers.Location is not { } location || !Uri.TryCreate(asked, location, out var target))
            return null;
        return target.Scheme == Uri.UriSchemeHttps || (target.Scheme == Uri.UriSchemeHttp && asked.Scheme == Uri.UriSchemeHttp) ? target : null;
    }
}
