using GitOps.Triggers.Pipeline;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Hosting;

/// <summary>Trims once in a while. What it removes is so old that the time does not matter.</summary>
internal sealed partial class TrimmingLoop(Trimming trimming, TimeProvider time, ILogger<TrimmingLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            await TrimAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TrimAsync(CancellationToken ct)
    {
        try
        {
            await trimming.TrimAsync(ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            NotTrimmed(failure);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old builds and deployments could not be removed; it is tried again.")]
    private partial void NotTrimmed(Exception failure);
}
