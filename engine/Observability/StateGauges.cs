using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using Prometheus;

namespace GitOps.Triggers.Observability;

/// <summary>Sets the gauges from the store at each scrape, so that they are right from the first one after a restart.</summary>
internal sealed class StateGauges(EngineMetrics metrics, FleetQuery fleet, QueueQuery queue, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim oneScrape = new(1);

    public void Register(CollectorRegistry registry) => registry.AddBeforeCollectCallback(async ct =>
    {
        // Each reads the whole fleet: however many ask at a time, the engine does that once at a time.
        await oneScrape.WaitAsync(ct);
        try
        {
            await SetAsync(ct);
        }
        finally
        {
            oneScrape.Release();
        }
    });

    public void Dispose() => oneScrape.Dispose();

    private async Task SetAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var waiting = await queue.ReadAsync(now, ct);
        metrics.QueueDepth.Set(waiting.Due);
        metrics.QueueOldest.Set(Math.Max(0, (now - (waiting.OldestDueAt ?? now)).TotalSeconds));
        var rows = await fleet.ReadAsync(ct);
        Forget(rows);
        var (first, builds) = (await fleet.FirstDeploymentsAsync(ct), await fleet.LastBuildsAsync(ct));
        foreach (var row in rows)
        {
            Set(row, now);
            string[] labels = Labels(row);
            SetOrForget(metrics.SuccessDue, labels, Seconds((row.LastSuccess ?? (first.TryGetValue(row.Key, out var at) ? at : null)) + row.Deployment?.Expect?.SuccessWithin));
            SetOrForget(metrics.LastBuildFailed, [labels[0], labels[2]], builds.TryGetValue((row.Key.Repository, row.Key.Trigger), out var built) ? (built is BuildState.Succeeded ? 0 : 1) : null);
        }
    }

    private void Set(FleetRow row, DateTimeOffset now)
    {
        string[] labels = Labels(row);
        metrics.Begin(labels[0], labels[1], labels[2]);
        metrics.Suspended.WithLabels(labels).Set(row.IsSuspended ? 1 : 0);
        metrics.RunsActive.WithLabels(labels).Set(row.ActiveRuns);
        SetOrForget(metrics.LastRunFailed, labels, row is { LastSuccess: null, LastFailure: null } ? null : row.LastFailure > (row.LastSuccess ?? DateTimeOffset.MinValue) ? 1 : 0);
        SetOrForget(metrics.LastSuccess, labels, Seconds(row.LastSuccess));
        SetOrForget(metrics.NextRun, labels, Seconds(row.Next(now)));
        SetOrForget(metrics.ExpectedSuccess, labels, row.Deployment?.Expect?.SuccessWithin?.TotalSeconds);
        SetOrForget(metrics.ExpectedDuration, labels, row.Deployment?.Expect?.MaxDuration?.TotalSeconds);
        foreach (var state in Enum.GetValues<TriggerState>())
            metrics.State.WithLabels([.. labels, EngineMetrics.Label(state)]).Set(row.Status?.State == state ? 1 : 0);
    }

    // A trigger that is gone must not go on being reported with its last values.
    private void Forget(IReadOnlyList<FleetRow> rows)
    {
        var known = rows.Select(row => string.Join('/', Labels(row))).ToHashSet(StringComparer.Ordinal);
        foreach (var gauge in new[] { metrics.Suspended, metrics.RunsActive, metrics.LastRunFailed, metrics.LastSuccess, metrics.NextRun, metrics.ExpectedSuccess, metrics.SuccessDue, metrics.ExpectedDuration, metrics.State })
        {
            foreach (var labels in gauge.GetAllLabelValues().Where(labels => !known.Contains(string.Join('/', labels.Take(3)))).ToList())
                gauge.RemoveLabelled(labels);
        }
        var built = rows.Select(row => $"{row.RepositoryName}/{row.Key.Trigger}").ToHashSet(StringComparer.Ordinal);
        foreach (var labels in metrics.LastBuildFailed.GetAllLabelValues().Where(labels => !built.Contains(string.Join('/', labels))).ToList())
            metrics.LastBuildFailed.RemoveLabelled(labels);
    }

    private static double? Seconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds() / 1000.0;

    private static void SetOrForget(Gauge gauge, string[] labels, double? value)
    {
        if (value is { } known)
            gauge.WithLabels(labels).Set(known);
        else
            gauge.RemoveLabelled(labels);
    }

    private static string[] Labels(FleetRow row) => [row.RepositoryName, row.Key.Environment.Value, row.Key.Trigger.Value];
}
