using GitOps.Triggers.Intake;
using GitOps.Triggers.Sources;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Hosting;

/// <summary>Has everything looked at once when the engine starts, and then what webhooks missed.</summary>
internal sealed class ResyncLoop(StartMarks start, Resync resync, GitMirrors mirrors) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.MarkAsync(stoppingToken);
        await resync.RunAsync(mirrors.RemoteHeadsAsync, stoppingToken);
    }
}
