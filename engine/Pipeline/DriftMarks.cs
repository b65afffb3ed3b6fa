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
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenRepairs = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(environments.All.SelectMany(one => new[]
    {
        RepeatAsync(one, Again, ct => new DriftFeed(one, repositories, time).RunAsync(MarkAsync, ct), stoppingToken),
        RepeatAsync(one, BetweenRepairs, one.Namespaces.RepairAsync, stoppingToken),
    }));

    private async Task RepeatAsync(KubernetesEnvironment environment, TimeSpan pause, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await work(ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                NotSeen(environment.Definition.Name.Value, failure.Message, failure is ClusterException ? null : failure);
            }
            await Task.Delay(pause, time, ct);
        }
    }

    private Task MarkAsync(IReadOnlyList<WorkKey> keys, CancellationToken ct) => queue.MarkAsync(keys, "changed on the cluster by somebody else", ct);

    [LoggerMessage(1, LogLevel.Warning, "Changes on the cluster of {Environment} are not seen at present: {Reason}")]
    private partial void NotSeen(string environment, string reason, Exception? failure);
}
