using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli;

/// <summary>The engine's HTTP API, as the commands use it.</summary>
/// <exception cref="CliException">The engine is not there, or refuses.</exception>
internal sealed class EngineClient : IDisposable
{
    private readonly HttpClient http;

    public EngineClient(EngineAddress address)
    {
        Url = address.Url;
        http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = new Uri(address.Url, "/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Token);
    }

    public Uri Url { get; }

    public Task<EngineInfo> EngineAsync(CancellationToken ct) => GetAsync<EngineInfo>("engine", ct);

    public Task<IReadOnlyList<RepositoryView>> RepositoriesAsync(CancellationToken ct) => GetAsync<IReadOnlyList<RepositoryView>>("repositories", ct);

    public Task<ConnectReply> ConnectAsync(ConnectRequest request, CancellationToken ct) => SendAsync<ConnectReply>(HttpMethod.Post, "repositories", request, ct);

    public Task<DisconnectReply> DisconnectAsync(string repository, bool suspend, CancellationToken ct) =>
        SendAsync<DisconnectReply>(HttpMethod.Delete, $"repositories?repository={Uri.EscapeDataString(repository)}&suspend={Flag(suspend)}", null, ct);

    public Task<SyncReply> SyncAsync(SyncRequest request, CancellationToken ct) => SendAsync<SyncReply>(HttpMethod.Post, "sync", request, ct);

    public Task<IReadOnlyList<TriggerView>> TriggersAsync(TriggerFilter filter, CancellationToken ct) => GetAsync<IReadOnlyList<TriggerView>>("triggers" + filter.Query(), ct);

    /// <summary>Each release with what was applied.</summary>
    public Task<IReadOnlyList<TriggerView>> RenderedTriggersAsync(TriggerFilter filter, CancellationToken ct) => GetAsync<IReadOnlyList<TriggerView>>("triggers" + filter.Query(("rendered", "true")), ct);

    public Task<IReadOnlyList<ReleaseView>> ReleasesAsync(TriggerFilter filter, int limit, CancellationToken ct) =>
        GetAsync<IReadOnlyList<ReleaseView>>("releases" + filter.Query(("limit", Number(limit))), ct);

    public Task<IReadOnlyList<BuildView>> BuildsAsync(TriggerFilter filter, int limit, CancellationToken ct) =>
        GetAsync<IReadOnlyList<BuildView>>("builds" + filter.Query(("limit", Number(limit))), ct);

    public Task<BuildView> BuildAsync(long id, CancellationToken ct) => GetAsync<BuildView>("builds/" + id.ToString(CultureInfo.InvariantCulture), ct);

    public Task<IReadOnlyList<RunView>> RunsAsync(TriggerFilter filter, string? state, int limit, CancellationToken ct) =>
        GetAsync<IReadOnlyList<RunView>>("runs" + filter.Query(("state", state), ("limit", Number(limit))), ct);

    /// <returns>None when nothing was ever started; due times that passed with nothing started are not meant.</returns>
    public async Task<RunView?> LastRunAsync(TriggerFilter filter, CancellationToken ct) =>
        (await GetAsync<IReadOnlyList<RunView>>("runs" + filter.Query(("started", Flag(true)), ("limit", Number(1))), ct)).FirstOrDefault();

    public Task<RunView> RunAsync(string id, CancellationToken ct) => GetAsync<RunView>("runs/" + Uri.EscapeDataString(id), ct);

    public Task<RunView> StartAsync(RunRequest request, CancellationToken ct) => SendAsync<RunView>(HttpMethod.Post, "runs", request, ct);

    public Task<IReadOnlyList<EventView>> EventsAsync(TriggerFilter filter, int limit, CancellationToken ct) =>
        GetAsync<IReadOnlyList<EventView>>("events" + filter.Query(("limit", Number(limit))), ct);

    public Task<IReadOnlyList<DeliveryView>> DeliveriesAsync(int limit, CancellationToken ct) => GetAsync<IReadOnlyList<DeliveryView>>($"deliveries?limit={Number(limit)}", ct);

    public Task<TriggerView> PauseAsync(PauseRequest request, CancellationToken ct) => SendAsync<TriggerView>(HttpMethod.Post, "pauses", request, ct);

    public Task<TriggerView> ResumeAsync(TriggerFilter filter, CancellationToken ct) => SendAsync<TriggerView>(HttpMethod.Delete, "pauses" + filter.Query(), null, ct);

    public Task<ExplanationView> ExplainAsync(TriggerFilter filter, DateTimeOffset at, CancellationToken ct) =>
        GetAsync<ExplanationView>("explain" + filter.Query(("at", at.ToString("O", CultureInfo.InvariantCulture))), ct);

    public IAsyncEnumerable<string> RunLogAsync(string id, bool follow, CancellationToken ct) => LinesAsync($"runs/{Uri.EscapeDataString(id)}/log?follow={Flag(follow)}", ct);

    public IAsyncEnumerable<string> BuildLogAsync(long id, bool follow, CancellationToken ct) => LinesAsync($"builds/{Number(id)}/log?follow={Flag(follow)}", ct);

    public void Dispose() => http.Dispose();

    private Task<T> GetAsync<T>(string path, CancellationToken ct) => SendAsync<T>(HttpMethod.Get, path, null, ct);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: WebJson.Options) };
        using var reply = await AnswerAsync(request, ct);
        try
        {
            return await reply.Content.ReadFromJsonAsync<T>(WebJson.Options, ct) ?? throw new JsonException("an empty answer");
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw CliException.Environment(
                $"What answers at {Url} is no engine of this version: {failure.Message}",
                "Is that address the engine's (--config, --engine), and is the engine of the same version as this command (--version)?");
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw Incomplete(failure);
        }
    }

    private async IAsyncEnumerable<string> LinesAsync(string path, [EnumeratorCancellation] CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var reply = await AnswerAsync(request, ct);
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(ct));
        while (await ReadLineAsync(reader, ct) is { } line)
            yield return line;
    }

    private async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadLineAsync(ct);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw Incomplete(failure);
        }
    }

    private CliException Incomplete(Exception failure) => CliException.Environment(
        $"The answer of the engine at {Url} ended before it was complete: {failure.Message}",
        "If the engine was stopped, what it runs goes on: ask again when it is back.");

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken ct)
    {
        HttpResponseMessage reply;
        try
        {
            reply = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw CliException.Environment(
                $"The engine at {Url} does not answer: {failure.Message}",
                "Start it with 'gitops-triggers serve', or name another one with --config or --engine.");
        }
        if (reply.IsSuccessStatusCode)
            return reply;
        using (reply)
            throw await RefusalAsync(reply, ct);
    }

    private async Task<CliException> RefusalAsync(HttpResponseMessage reply, CancellationToken ct)
    {
        if (reply.StatusCode == HttpStatusCode.Unauthorized)
            return CliException.Environment($"The engine at {Url} does not know this token.", "Use the token of that engine: the file 'token' in its data folder (--token-file).");
        try
        {
            if (await reply.Content.ReadFromJsonAsync<Problem>(WebJson.Options, ct) is { Message: not null } problem)
                return reply.StatusCode >= HttpStatusCode.InternalServerError ? CliException.Environment(problem.Message, problem.Fix) : CliException.Usage(problem.Message, problem.Fix);
        }
        catch (JsonException)
        {
            // Not our API's form of refusal: something else answers at this address, or the engine is broken.
        }
        return reply.StatusCode == HttpStatusCode.NotFound
            ? CliException.Environment($"The engine at {Url} does not know this request.", "Is that address the engine's, and is the engine of the same version as this command (--version)?")
            : CliException.Environment($"The engine at {Url} answered {(int)reply.StatusCode}.", "See the engine's log.");
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Flag(bool value) => value ? "true" : "false";
}
