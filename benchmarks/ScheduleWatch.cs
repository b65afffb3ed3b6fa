using System.Diagnostics;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Benchmarks;

/// <summary>Sees by a watch of its own which schedule each CronJob has in the API server, and when that came about.</summary>
internal sealed class ScheduleWatch : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly ClusterDirectory clusters = new(TimeProvider.System);
    private readonly IReadOnlySet<RepositoryId> repositories;
    private readonly Dictionary<TriggerKey, string> schedules = [];
    private readonly Dictionary<TriggerKey, string> versions = [];
    private readonly Task watching;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="site">Where.</param>
    /// <param name="repositories">Whose; others may use the same cluster.</param>
    public ScheduleWatch(ISite site, IEnumerable<SourceRepository> repositories)
    {
        this.repositories = repositories.Select(repository => repository.Id).ToHashSet();
        var watch = new ListWatch<V1CronJob>(
            clusters.Of(new ClusterAccess { Kubeconfig = site.Kubeconfig, AllowInsecureTls = true, AllowExecPlugins = true }), WatchSources.CronJobs, null, $"{OwnershipLabels.ManagedBy}={OwnershipLabels.Engine}");
        watching = Task.Run(() => FollowAsync(watch));
    }

    /// <summary>Every CronJob's version: a write changes it, whoever made it.</summary>
    public IReadOnlyDictionary<TriggerKey, string> Versions
    {
        get
        {
            lock (gate)
                return versions.ToDictionary();
        }
    }

    /// <summary>Waits until so many CronJobs have this schedule.</summary>
    /// <returns>The time stamp at which that was seen.</returns>
    public async Task<long> UntilAsync(int count, string schedule, TimeSpan limit, Func<string> explain)
    {
        using var deadline = new CancellationTokenSource(limit);
        while (true)
        {
            Task next;
            int now;
            lock (gate)
            {
                now = schedules.Values.Count(one => one == schedule);
                if (now >= count)
                    return Stopwatch.GetTimestamp();
                next = changed.Task;
            }
            await Task.WhenAny(next, watching, Task.Delay(Timeout.Infinite, deadline.Token));
            if (deadline.IsCancellationRequested || watching.IsCompleted)
                throw new InvalidOperationException($"Only {now} of {count} CronJobs came to run at '{schedule}' within {limit}. {explain()} {watching.Exception}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        clusters.Dispose();
        stopping.Dispose();
    }

    private async Task FollowAsync(ListWatch<V1CronJob> watch)
    {
        await foreach (var seen in watch.FollowAsync(stopping.Token))
        {
            foreach (var one in seen is Seen<V1CronJob>.All(var all) ? all : seen is Seen<V1CronJob>.Changed(var cronJob) ? [cronJob] : [])
                See(one);
        }
    }

    private void See(V1CronJob cronJob)
    {
        if (OwnershipLabels.KeyOf(cronJob.Metadata.Labels) is not { } key || !repositories.Contains(key.Repository))
            return;
        lock (gate)
        {
            versions[key] = cronJob.Metadata.ResourceVersion;
            if (schedules.GetValueOrDefault(key) == cronJob.Spec.Schedule)
                return;
            schedules[key] = cronJob.Spec.Schedule;
            changed.SetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
