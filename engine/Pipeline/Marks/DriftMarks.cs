using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Pipeline;

/// <summary>Has a pass look at what somebody changed on a cluster by hand.</summary>
internal sealed partial class DriftMarks(KubernetesEnvironments environments, WorkQueue queue, TimeProvider time, ILogger<DriftMarks> logger) : BackgroundService
{
    // Made with this service, and so before anything is watched.
    private readonly IReadOnlyList<DriftFeed> feeds = [.. environments.All.Select(one => new DriftFeed(one))];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(feeds.Select(feed => MarkAsync(feed, stoppingToken)));

    private async Task MarkAsync(DriftFeed feed, CancellationToken ct)
    {
        await foreach (var keys in feed.Drifted.ReadAllAsync(ct))
            await Insistence.UntilDoneAsync(work => queue.MarkAsync(keys, "changed on the cluster by somebody else", work), (_, failure) => NotMarked(failure.Message), time, ct);
    }

    [LoggerMessage(1, LogLevel.Warning, "What somebody changed on a cluster could not be marked for a pass; it is tried again: {Reason}")]
    private partial void NotMarked(string reason);
}
