using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Runs;

/// <summary>Puts what is seen of runs into the store, many at once, and tells what that changed.</summary>
internal sealed class ClusterRecorder(RunStore runs, RunRetention retention, EventHub events, ClusterLogKeeper logs, TimeProvider time)
{
    public const int BatchSize = 500;

    /// <summary>How long the end of a Job waits for the ends of its pods, which come by another watch and may be missing for good.</summary>
    public static readonly TimeSpan PatienceForPods = TimeSpan.FromSeconds(10);

    /// <returns>How many of the taken runs were looked at.</returns>
    public async Task<int> FlushAsync(FollowedEnvironment environment, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var taken = environment.View.TakeChanged(BatchSize);
        try
        {
            var ours = taken.Where(run => environment.IsOurs(run.Job!)).ToList();
            foreach (var run in ours)
            {
                foreach (var pod in run.Pods)
                    logs.Keep(environment.Cluster, pod, run.AttemptOf(pod));
            }
            var waiting = ours.Where(run => !run.Gone && now - run.EndSeenAt < PatienceForPods && !ClusterRun.IsSettled(run.Job!, run.Pods)).ToHashSet();
            var settled = ours.Where(run => !waiting.Contains(run)).ToList();
            await RecordAsync(environment, [.. settled.Select(run => Record(environment, run, now))], ct);
            foreach (var run in taken.Where(run => run.Gone))
                environment.View.Forget(run);
            environment.View.PutBack(waiting);
            return settled.Count;
        }
        catch
        {
            environment.View.PutBack(taken);
            throw;
        }
    }

    /// <summary>Stores records, tells of those that are new, and lets old ones go.</summary>
    public async Task RecordAsync(FollowedEnvironment environment, IReadOnlyList<RunRecord> seen, CancellationToken ct)
    {
        if (seen.Count == 0)
            return;
        var changed = await runs.RecordAsync(seen, ct);
        foreach (var run in changed)
            events.Publish(new EngineEvent.RunChanged(run));
        foreach (var ended in changed.Where(run => run.IsFinished).GroupBy(run => run.Key))
        {
            if (ended.Any(run => !run.IsPassedOver))
                await retention.AfterClusterRunAsync(ended.Key, environment.CronJob(ended.Key)?.Rules, ct);
            await retention.AddedAsync(ended.Key, ended.Count(), ct);
        }
    }

    private static RunRecord Record(FollowedEnvironment environment, SeenRun run, DateTimeOffset now)
    {
        var record = ClusterRun.Of(run.Job!, run.Pods);
        return run.Gone && !record.IsFinished ? UnseenEnds.Removed(record, environment.CronJob(record.Key), now) : record;
    }
}
