using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>
/// Which finished Jobs are deleted, and their logs with them (<c>cleanupFinishedJobs</c>): all but the newest successful and the newest failed ones.
/// One that was cancelled counts as failed: Kubernetes deletes it at once, and nobody could read why it was not done.
/// </summary>
internal static class HistoryLimits
{
    /// <param name="finished">The CronJob's finished runs.</param>
    /// <param name="successful">How many successful ones are kept.</param>
    /// <param name="failed">How many others are kept.</param>
    public static IReadOnlyList<RunRecord> Surplus(IReadOnlyList<RunRecord> finished, int successful, int failed) =>
    [
        .. Newest(finished.Where(run => run.State == RunState.Succeeded)).Skip(successful),
        .. Newest(finished.Where(run => run.State != RunState.Succeeded)).Skip(failed),
    ];

    private static IEnumerable<RunRecord> Newest(IEnumerable<RunRecord> runs) =>
        runs.OrderByDescending(run => run.StartedAt ?? run.ScheduledFor).ThenByDescending(run => run.Id.Value, StringComparer.Ordinal);
}
