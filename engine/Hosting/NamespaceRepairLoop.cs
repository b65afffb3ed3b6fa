using GitOps.Triggers.Clusters;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Storage;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Hosting;

/// <summary>Puts back what the namespaces of connected repositories need, where somebody took it away. A cluster that cannot be reached delays none but itself.</summary>
internal sealed partial class NamespaceRepairLoop(KubernetesEnvironments environments, RepositoryStore repositories, TimeProvider time, ILogger<NamespaceRepairLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(environments.All.Select(one => RepairAsync(one, stoppingToken)));

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
            await Task.Delay(Interval, time, ct);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "What the namespaces of {Environment} need could not be looked at: {Reason}")]
    private partial void NotRepaired(string environment, string reason, Exception? failure);
}
