using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace GitOps.Triggers.Tests.EndToEnd.Kills;

/// <summary>What the jobs did in the world outside: each tells its run's id, each time that it really runs.</summary>
internal sealed class Effects : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly WebApplication application;

    private Effects()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0));
        application = builder.Build();
        application.Run(context =>
        {
            counts.AddOrUpdate(context.Request.Path.Value!.Trim('/'), 1, (_, count) => count + 1);
            return Task.CompletedTask;
        });
    }

    /// <summary>The job, in sh: what it does shows outside of its container, and is done after a moment.</summary>
    public string Script => $"wget -q -O /dev/null \"http://$(ip route | awk '/^default/ {{ print $3 }}'):{new Uri(application.Urls.First()).Port}/$TRIGGER_RUN_ID\" || exit 3";

    public IReadOnlyDictionary<string, int> Counts => counts;

    public static async Task<Effects> StartAsync()
    {
        var effects = new Effects();
        await effects.application.StartAsync();
        return effects;
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
