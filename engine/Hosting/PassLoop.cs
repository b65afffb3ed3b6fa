using GitOps.Triggers.Intake;
using GitOps.Triggers.Pipeline;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Hosting;

/// <summary>Reconciles whatever is due.</summary>
internal sealed class PassLoop(WorkQueue queue, Reconciler reconciler) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.RunAsync(reconciler.ReconcileAsync, stoppingToken);
}
