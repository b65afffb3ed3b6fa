using System.Collections.Concurrent;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Runs;

/// <summary>Forgets what is too old: logs by the history limits, records by number.</summary>
internal sealed class RunRetention(RunStore runs, LocalCronJobStore cronJobs, EngineConfiguration configuration)
{
    /// <summary>What a trigger keeps that is no longer applied.</summary>
    private const int KeptOfTheGone = 3;

    /// <summary>New records of a trigger between two looks at its old ones.</summary>
    private const int Unchecked = 50;

    /// <summary>Runs of one trigger that may end in one batch on a cluster.</summary>
    private const int LookedBack = 500;

    private readonly ConcurrentDictionary<TriggerKey, int> added = new();

    public async Task AfterRunAsync(string cronJob, CancellationToken ct)
    {
        var standing = await cronJobs.FindAsync(cronJob, ct);
        var rules = standing is null ? null : CronJobRules.Read(CronJobJson.ReadCronJob(standing.Spec));
        var surplus = HistoryLimits.Surplus(await runs.FinishedAsync(cronJob, ct), rules?.SuccessfulHistory ?? KeptOfTheGone, rules?.FailedHistory ?? KeptOfTheGone);
        DeleteLogs(surplus);
        await runs.ForgetJobsAsync([.. surplus.Select(run => run.Id)], ct);
        if (standing is not null)
            await AddedAsync(standing.Key, 1, ct);
    }

    /// <summary>The same for a trigger on a cluster, where the Jobs are the cluster's to delete and only the logs are ours.</summary>
    /// <param name="key">The trigger.</param>
    /// <param name="rules">Of its CronJob; none when it is gone.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task AfterClusterRunAsync(TriggerKey key, CronJobRules? rules, CancellationToken ct)
    {
        var (successful, failed) = (rules?.SuccessfulHistory ?? KeptOfTheGone, rules?.FailedHistory ?? KeptOfTheGone);
        // Looked at after each batch of runs, so that what lies further back has been deleted already.
        var newest = await runs.EndedAsync(key, successful + failed + LookedBack, ct);
        DeleteLogs(HistoryLimits.Surplus(newest, successful, failed));
    }

    private void DeleteLogs(IEnumerable<RunRecord> surplus)
    {
        foreach (var run in surplus)
        {
            for (var attempt = 1; attempt <= run.Attempt; attempt++)
                RunLogs.Remove(configuration.DataFolder, run.Id, attempt);
        }
    }

    public async Task AddedAsync(TriggerKey key, int count, CancellationToken ct)
    {
        if (added.AddOrUpdate(key, count, (_, before) => before + count) < Unchecked)
            return;
        added[key] = 0;
        await runs.TrimAsync(key, ct);
    }
}
