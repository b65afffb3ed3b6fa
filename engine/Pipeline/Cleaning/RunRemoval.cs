using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Takes away the runs of triggers that are gone, records and logs: as long as a trigger runs, each new run trims its old ones.</summary>
internal sealed class RunRemoval(RunStore runs, EngineConfiguration configuration, TimeProvider time)
{
    public async Task RemoveAsync(CancellationToken ct)
    {
        var gone = await runs.OfGoneAsync(time.GetUtcNow() - configuration.Limits.RecordsKeptFor, ct);
        foreach (var run in gone)
        {
            for (var attempt = 1; attempt <= run.Attempt; attempt++)
                RunLogs.Remove(configuration.DataFolder, run.Id, attempt);
        }
        // The records go last: without them nobody would find the logs.
        await runs.RemoveAsync([.. gone.Select(run => run.Id)], ct);
    }
}
