using GitOps.Triggers.Pipeline;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Hosting;

/// <summary>Trims once in a while. What it removes is so old that the time does not matter.</summary>
internal sealed partial class TrimmingLoop(Trimming releases, RunRemoval runs, MirrorRemoval mirrors, TimeProvider time, ILogger<TrimmingLoop> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            // One after the other: which runs are of triggers that are gone is seen by their deployments.
            await TryAsync(releases.TrimAsync, "builds and deployments", stoppingToken);
            await TryAsync(runs.RemoveAsync, "runs", stoppingToken);
            await TryAsync(mirrors.RemoveAsync, "mirrors", stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryAsync(Func<CancellationToken, Task> trim, string what, CancellationToken ct)
    {
        try
        {
            await trim(ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            NotTrimmed(what, failure);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old {What} could not be removed; it is tried again.")]
    private partial void NotTrimmed(string what, Exception failure);
}
