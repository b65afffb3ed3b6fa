using System.Net;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>The engine's door for contexts on a real socket, before the contexts of whichever engine runs now.</summary>
internal sealed class ContextServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ContextServer(WebApplication app) => this.app = app;

    public int Port => new Uri(app.Urls.Single()).Port;

    /// <param name="address">Where it listens: pods come from outside.</param>
    /// <param name="contexts">Asked at each request.</param>
    public static async Task<ContextServer> StartAsync(IPAddress address, Func<BuildContexts> contexts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, 0));
        builder.Services.AddTransient(_ => contexts());
        var app = builder.Build();
        app.MapBuildContexts();
        await app.StartAsync();
        return new ContextServer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
