using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>Tells what the clock has stored, and keeps the number of records in bounds.</summary>
internal sealed partial class RunEvents(EventHub events, RunRetention retention, ILogger<RunEvents> logger)
{
    public async Task StoredAsync(IEnumerable<SchedulingStep> steps, CancellationToken ct)
    {
        foreach (var step in steps)
        {
            IReadOnlyList<RunRecord> records = [.. step.PassedOver, .. step.Cancelled, .. step.Start is { } start ? new[] { start } : []];
            foreach (var record in records)
                events.Publish(new EngineEvent.RunChanged(record));
            // The one that is made up for is of their number: the controller's TooManyMissedTimes.
            if (step.PassedOver.Count + (step.Start is null ? 0 : 1) >= PassedOverTimes.Most)
                ManyMissed(logger, step.Decided.Name, PassedOverTimes.Most);
            await retention.AddedAsync(step.Decided.Key, records.Count, ct);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{CronJob} had {Count} due times or more at once: the engine was down for long, or the machine's clock is wrong")]
    private static partial void ManyMissed(ILogger logger, string cronJob, int count);
}
