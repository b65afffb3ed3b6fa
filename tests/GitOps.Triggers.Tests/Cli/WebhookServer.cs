using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>Takes deliveries at the engine's webhook address, and keeps them.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private WebhookServer(WebApplication app) => this.app = app;

    public ConcurrentQueue<ReceivedPush> Pushes { get; } = [];

    public int Status { get; set; } = StatusCodes.Status202Accepted;

    public Uri Url => new(new Uri(app.Urls.Single()), "api/github/webhooks");

    public static async Task<WebhookServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new WebhookServer(app);
        app.MapPost("/api/github/webhooks", server.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers;
        Pushes.Enqueue(new ReceivedPush(headers["X-GitHub-Event"], headers["X-GitHub-Delivery"], headers["X-Hub-Signature-256"], body.ToArray()));
        context.Response.StatusCode = Status;
    }
}
