using GitOps.Triggers.Intake;
using GitOps.Triggers.Pipeline;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Hosting;

/// <summary>Reconciles whatever is due, and brings to rest what is no longer served.</summary>
internal sealed class PassLoop(WorkQueue queue, Retirement retirement, Reconciler reconciler) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.RunAsync(PassAsync, stoppingToken);

    private async Task<WorkResult> PassAsync(WorkContext work, CancellationToken ct) =>
        await retirement.ExecuteAsync(work.Item.Key, ct) ?? await reconciler.ReconcileAsync(work, ct);
}
