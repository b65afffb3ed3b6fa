using System.Collections.Concurrent;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>
/// Tells of the CronJobs, Jobs and Pods of an environment: in all namespaces at once where the engine may list there, else in each repository's own. A
/// cluster that is away is asked again, less and less often, until it answers. Each event names the namespace that is watched; none: all of them.
/// </summary>
/// <param name="cluster">Where.</param>
/// <param name="selector">What.</param>
/// <param name="spaces">The namespaces of now, for an engine that has no right to all.</param>
/// <param name="time">For the back-off.</param>
internal sealed class ClusterFeed(Cluster cluster, string selector, Func<IReadOnlyCollection<string>> spaces, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookForNew = TimeSpan.FromSeconds(30);

    /// <summary>CronJobs, Jobs and pods.</summary>
    private const int Kinds = 3;

    public event Action<string?, Seen<V1CronJob>>? CronJobs;

    public event Action<string?, Seen<V1Job>>? Jobs;

    public event Action<string?, Seen<V1Pod>>? Pods;

    /// <summary>Nothing is seen any more, until all is listed anew.</summary>
    public event Action<string?>? Lost;

    /// <summary>Each failure; and none, when it sees again: all of it.</summary>
    public event Action<string?, ClusterException?>? Told;

    /// <summary>Until <paramref name="ct"/>.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (!await FollowAsync(null, ct))
            await FollowEachAsync(ct);
    }

    /// <summary>A namespace that is not there yet, or that the engine has no right to, keeps no other from being seen.</summary>
    private async Task FollowEachAsync(CancellationToken ct)
    {
        var followed = new Dictionary<string, Task>(StringComparer.Ordinal);
        while (!ct.IsCancellationRequested)
        {
            foreach (var space in spaces().Where(space => !followed.TryGetValue(space, out var task) || task.IsCompleted))
                followed[space] = FollowAsync(space, ct);
            await PauseAsync(LookForNew, ct);
        }
        await Task.WhenAll(followed.Values);
    }

    /// <returns>False when the engine has no right to it.</returns>
    private async Task<bool> FollowAsync(string? space, CancellationToken ct)
    {
        var pause = FirstPause;
        while (!ct.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                await FollowOnceAsync(space, ct);
            }
            catch (ClusterException failure) when (failure.Kind == ClusterFailureKind.Forbidden)
            {
                if (space is not null)
                    Told?.Invoke(space, failure);
                return false;
            }
            catch (Exception thrown) when (!ct.IsCancellationRequested)
            {
                var failure = thrown as ClusterException ?? new ClusterException(ClusterFailureKind.Other, thrown.Message, cause: thrown);
                Told?.Invoke(space, failure);
                if (time.GetElapsedTime(began) > LongestPause)
                    pause = FirstPause;
                await PauseAsync(failure.RetryAfter ?? pause, ct);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
            }
        }
        return true;
    }

    /// <summary>All three kinds together, since none of them is the truth alone.</summary>
    private async Task FollowOnceAsync(string? space, CancellationToken ct)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var listed = new ConcurrentDictionary<Type, bool>();
        Task[] kinds =
        [
            ReadAsync(WatchSources.CronJobs, CronJobs),
            ReadAsync(WatchSources.Jobs, Jobs),
            ReadAsync(WatchSources.Pods, Pods),
        ];
        try
        {
            await await Task.WhenAny(kinds);
        }
        finally
        {
            await together.CancelAsync();
            await Task.WhenAll(kinds).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Last: nothing is told any more by a kind that was still being read.
            Lost?.Invoke(space);
        }

        async Task ReadAsync<T>(WatchSource<T> source, Action<string?, Seen<T>>? see)
            where T : class, IKubernetesObject<V1ObjectMeta>
        {
            await foreach (var seen in new ListWatch<T>(cluster, source, space, selector).FollowAsync(together.Token))
            {
                see?.Invoke(space, seen);
                if (seen is Seen<T>.All && listed.TryAdd(typeof(T), true) && listed.Count == Kinds)
                    Told?.Invoke(space, null);
            }
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken ct) => await Task.Delay(pause, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
