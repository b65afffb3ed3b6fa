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
        RepeatAsync(Again, ct => new DriftFeed(one, repositories, time).RunAsync(MarkAsync, ct), failure => NotSeen(one.Name.Value, failure.Message, Bug(failure)), stoppingToken),
        RepeatAsync(BetweenRepairs, ct => one.Namespaces.RepairAsync(IsServed, ct), failure => NotRepaired(one.Name.Value, failure.Message, Bug(failure)), stoppingToken),
    }));

    private async Task RepeatAsync(TimeSpan pause, Func<CancellationToken, Task> work, Action<Exception> failed, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await work(ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                failed(failure);
            }
            await Task.Delay(pause, time, ct);
        }
    }

    private bool IsServed(RepositoryId repository) => repositories.Current.Any(connected => connected.Id == repository);

    private static Exception? Bug(Exception failure) => failure is ClusterException ? null : failure;

    private Task MarkAsync(IReadOnlyList<WorkKey> keys, CancellationToken ct) => queue.MarkAsync(keys, "changed on the cluster by somebody else", ct);

    [LoggerMessage(1, LogLevel.Warning, "Changes on the cluster of {Environment} are not seen at present: {Reason}")]
    private partial void NotSeen(string environment, string reason, Exception? failure);

    [LoggerMessage(2, LogLevel.Warning, "What the namespaces of {Environment} need could not be looked at: {Reason}")]
    private partial void NotRepaired(string environment, string reason, Exception? failure);
}
