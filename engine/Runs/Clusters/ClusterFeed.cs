using GitOps.Triggers.Clusters;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Runs;

/// <summary>
/// Keeps a <see cref="ClusterView"/> true: in all namespaces at once where the engine may list there, else in each repository's own. A cluster that is
/// away is asked again, less and less often, until it answers.
/// </summary>
/// <param name="cluster">Where.</param>
/// <param name="selector">What.</param>
/// <param name="spaces">The namespaces of now, for an engine that has no right to all.</param>
/// <param name="told">Told of each failure, and with none when it sees again.</param>
/// <param name="time">For the back-off.</param>
internal sealed class ClusterFeed(Cluster cluster, string selector, Func<IReadOnlyCollection<string>> spaces, Action<string?, ClusterException?> told, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookForNew = TimeSpan.FromSeconds(30);

    /// <summary>Until <paramref name="ct"/>.</summary>
    public async Task RunAsync(ClusterView view, CancellationToken ct)
    {
        if (!await FollowAsync(view, null, ct))
            await FollowEachAsync(view, ct);
    }

    /// <summary>A namespace that is not there yet, or that the engine has no right to, keeps no other from being seen.</summary>
    private async Task FollowEachAsync(ClusterView view, CancellationToken ct)
    {
        var followed = new Dictionary<string, Task>(StringComparer.Ordinal);
        while (!ct.IsCancellationRequested)
        {
            foreach (var space in spaces().Where(space => !followed.TryGetValue(space, out var task) || task.IsCompleted))
                followed[space] = FollowAsync(view, space, ct);
            await Waiting.UntilAsync(time.GetUtcNow() + LookForNew, time, ct);
        }
        await Task.WhenAll(followed.Values);
    }

    /// <returns>False when the engine has no right to it.</returns>
    private async Task<bool> FollowAsync(ClusterView view, string? space, CancellationToken ct)
    {
        var pause = FirstPause;
        while (!ct.IsCancellationRequested)
        {
            var began = time.GetTimestamp();
            try
            {
                await FollowOnceAsync(view, space, ct);
            }
            catch (ClusterException failure) when (failure.Kind == ClusterFailureKind.Forbidden)
            {
                if (space is not null)
                    told(space, failure);
                return false;
            }
            catch (Exception thrown) when (!ct.IsCancellationRequested)
            {
                var failure = thrown as ClusterException ?? new ClusterException(ClusterFailureKind.Other, thrown.Message, cause: thrown);
                told(space, failure);
                if (time.GetElapsedTime(began) > LongestPause)
                    pause = FirstPause;
                await Waiting.UntilAsync(time.GetUtcNow() + (failure.RetryAfter ?? pause), time, ct);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
            }
        }
        return true;
    }

    /// <summary>All three kinds together, since none of them is the truth alone.</summary>
    private async Task FollowOnceAsync(ClusterView view, string? space, CancellationToken ct)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] kinds =
        [
            ReadAsync(WatchSources.CronJobs, view.See),
            ReadAsync(WatchSources.Jobs, view.See),
            ReadAsync(WatchSources.Pods, view.See),
        ];
        try
        {
            await await Task.WhenAny(kinds);
        }
        finally
        {
            view.Lost(space);
            await together.CancelAsync();
            await Task.WhenAll(kinds).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task ReadAsync<T>(WatchSource<T> source, Action<string?, Seen<T>> see)
            where T : class, IKubernetesObject<V1ObjectMeta>
        {
            await foreach (var seen in new ListWatch<T>(cluster, source, space, selector).FollowAsync(together.Token))
            {
                see(space, seen);
                if (seen is Seen<T>.All)
                    told(space, null);
            }
        }
    }
}
