using GitOps.Triggers.Clusters;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Pipeline;

/// <summary>Has a pass look at what somebody changed on a cluster by hand, and puts back what namespaces need. A cluster that cannot be reached delays none but itself.</summary>
internal sealed partial class DriftMarks(KubernetesEnvironments environments, RepositoryStore repositories, WorkQueue queue, TimeProvider time, ILogger<DriftMarks> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenRepairs = TimeSpan.FromMinutes(10);

    // Made with this service, and so before anything is watched.
    private readonly IReadOnlyList<DriftFeed> feeds = [.. environments.All.Select(one => new DriftFeed(one))];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        feeds.Select(feed => MarkAsync(feed, stoppingToken)).Concat(environments.All.Select(one => RepairAsync(one, stoppingToken))));

    private async Task MarkAsync(DriftFeed feed, CancellationToken ct)
    {
        await foreach (var keys in feed.Drifted.ReadAllAsync(ct))
            await Insistence.UntilDoneAsync(work => queue.MarkAsync(keys, "changed on the cluster by somebody else", work), (_, failure) => NotMarked(failure.Message), time, ct);
    }

    private async Task RepairAsync(KubernetesEnvironment environment, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await environment.Namespaces.RepairAsync(repository => repositories.Current.Any(connected => connected.Id == repository), ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                NotRepaired(environment.Name.Value, failure.Message, failure is ClusterException ? null : failure);
            }
            await Task.Delay(BetweenRepairs, time, ct);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What somebody changed on a cluster could not be marked for a pass; it is tried again: {Reason}")]
    private partial void NotMarked(string reason);

    [LoggerMessage(2, LogLevel.Warning, "What the namespaces of {Environment} need could not be looked at: {Reason}")]
    private partial void NotRepaired(string environment, string reason, Exception? failure);
}
