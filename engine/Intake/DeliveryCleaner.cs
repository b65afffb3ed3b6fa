using GitOps.Triggers.Storage;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Intake;

/// <summary>Keeps the record of deliveries bounded, in time and in number.</summary>
internal sealed partial class DeliveryCleaner(DeliveryStore store, TimeProvider time, ILogger<DeliveryCleaner> logger) : BackgroundService
{
    public const int KeptCount = 100_000;
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            await CleanAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CleanAsync(CancellationToken ct)
    {
        try
        {
            await store.TrimAsync(time.GetUtcNow() - KeptFor, KeptCount, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            NotCleaned(failure);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Old deliveries could not be removed; it is tried again.")]
    private partial void NotCleaned(Exception failure);
}
