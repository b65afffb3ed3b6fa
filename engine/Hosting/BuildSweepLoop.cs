using GitOps.Triggers.Builds;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Hosting;

/// <summary>Clears up after builds on a cluster that nobody waits for.</summary>
internal sealed partial class BuildSweepLoop(ClusterBuildSweep sweep, TimeProvider time, ILogger<BuildSweepLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            await SweepAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        try
        {
            foreach (var job in await sweep.SweepAsync(ct))
                Deleted(job);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            NotSwept(failure.Message);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "The Job {Job} of a build that nobody waits for was deleted.")]
    private partial void Deleted(string job);

    [LoggerMessage(2, LogLevel.Warning, "Jobs of builds that nobody waits for could not be looked for; it is tried again. {Reason}")]
    private partial void NotSwept(string reason);
}
