using GitOps.Triggers.Intake;
using GitOps.Triggers.Pipeline;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Hosting;

/// <summary>Reconciles whatever is due, and brings to rest what is no longer served.</summary>
internal sealed class PassLoop(WorkQueue queue, Retirement retirement, Reconciler reconciler, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>Passes end from the moment on that the engine is told to stop, beside the requests that are still answered: a build needs time for it.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await queue.RunAsync(PassAsync, stop.Token);
    }

    private async Task<WorkResult> PassAsync(WorkContext work, CancellationToken ct) =>
        await retirement.ExecuteAsync(work.Item.Key, ct) ?? await reconciler.ReconcileAsync(work, ct);
}
