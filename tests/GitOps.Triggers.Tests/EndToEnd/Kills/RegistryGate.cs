using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>Stands before a real registry, and has whoever asks it end before or after a request is carried out.</summary>
internal sealed class RegistryGate : IAsyncDisposable
{
    // Between two servers only, or what each of them says of its own connection.
    private static readonly HashSet<string> Skipped = new(["Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Expect"], StringComparer.OrdinalIgnoreCase);

    private readonly WebApplication application;
    private readonly Uri registry;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private Ending? ending;

    private RegistryGate(WebApplication application, string registry) => (this.application, this.registry) = (application, new Uri($"http://{registry}"));

    /// <summary><c>127.0.0.1:port</c>.</summary>
    public string Host => new Uri(application.Urls.First()).Authority;

    /// <param name="registry">The host of the real one.</param>
    public static async Task<RegistryGate> StartAsync(string registry)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var gate = new RegistryGate(builder.Build(), registry);
        gate.application.Run(gate.AnswerAsync);
        await gate.application.StartAsync();
        return gate;
    }

    /// <param name="client">Ends who asks.</param>
    /// <param name="hits">Asked at each request: it is this one.</param>
    /// <param name="afterwards">When the registry has carried it out, instead of before.</param>
    public void End(Func<Task> client, Func<bool> hits, bool afterwards) => ending = new Ending(client, hits, afterwards);

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        http.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var now = ending is { } armed && armed.Hits() ? armed : null;
        if (now is { Afterwards: false })
        {
            await now.Client();
            context.Abort();
            return;
        }
        using var answer = await http.SendAsync(Forwarded(context.Request), HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        if (now is not null)
        {
            await now.Client();
            context.Abort();
            return;
        }
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !Skipped.Contains(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        if (!HttpMethods.IsHead(context.Request.Method))
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private HttpRequestMessage Forwarded(HttpRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(registry, request.Path + request.QueryString));
        if (request.ContentLength is not (null or 0) || request.Headers.TransferEncoding.Count > 0)
            message.Content = new StreamContent(request.Body);
        foreach (var (name, values) in request.Headers.Where(header => !Skipped.Contains(header.Key)))
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        // It names itself by it, in the addresses that it answers.
        message.Headers.Host = request.Host.Value;
        return message;
    }

    private sealed record Ending(Func<Task> Client, Func<bool> Hits, bool Afterwards);
}
