using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>
/// Watches the CronJobs of an environment and tells whose were changed or removed by somebody else: not what a controller counts in their
/// status, and not what the engine writes itself.
/// </summary>
internal sealed class DriftFeed(KubernetesEnvironment environment, RepositoryStore repositories, TimeProvider time)
{
    private static readonly TimeSpan LookForNew = TimeSpan.FromMinutes(1);

    /// <summary>In all namespaces at once where the engine may, else in that of each repository. Until a call fails, or <paramref name="ct"/>.</summary>
    /// <param name="drifted">Called with whose.</param>
    /// <param name="ct">Ends it.</param>
    /// <exception cref="ClusterException">A call failed. Begin again: what happened meanwhile is found by the list.</exception>
    public async Task RunAsync(Func<IReadOnlyList<WorkKey>, CancellationToken, Task> drifted, CancellationToken ct)
    {
        try
        {
            await FollowAsync(null, drifted, ct);
        }
        catch (ClusterException forbidden) when (forbidden.Kind == ClusterFailureKind.Forbidden)
        {
            await FollowEachAsync(drifted, ct);
        }
    }

    /// <summary>A namespace that is not there yet, or that the engine has no right to, keeps no other from being watched.</summary>
    private async Task FollowEachAsync(Func<IReadOnlyList<WorkKey>, CancellationToken, Task> drifted, CancellationToken ct)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watches = new Dictionary<string, Task>(StringComparer.Ordinal);
        try
        {
            while (true)
            {
                foreach (var space in repositories.Current.Select(connected => TargetNamespace.Of(environment.Definition, connected.Repository)).Distinct())
                {
                    if (!watches.TryGetValue(space, out var watch) || watch.IsCompleted)
                        watches[space] = FollowAsync(space, drifted, stopping.Token);
                }
                await Task.Delay(LookForNew, time, ct);
            }
        }
        finally
        {
            await stopping.CancelAsync();
            await Task.WhenAll(watches.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(string? space, Func<IReadOnlyList<WorkKey>, CancellationToken, Task> drifted, CancellationToken ct)
    {
        var watch = new ListWatch<V1CronJob>(environment.Cluster, WatchSources.CronJobs, space, OwnershipLabels.Selector(environment.Definition.Name));
        try
        {
            await foreach (var seen in watch.FollowAsync(ct))
            {
                var keys = Drifted(space, seen);
                if (keys.Count > 0)
                    await drifted(keys, ct);
            }
        }
        finally
        {
            environment.Applied.Watched(space, false);
        }
    }

    private IReadOnlyList<WorkKey> Drifted(string? space, Seen<V1CronJob> seen)
    {
        switch (seen)
        {
            case Seen<V1CronJob>.All(var objects):
                var found = environment.Applied.Compare(space, objects);
                environment.Applied.Watched(space, true);
                return found;
            case Seen<V1CronJob>.Changed(var changed):
                return environment.Applied.Changed(changed) is { } one ? [one] : [];
            case Seen<V1CronJob>.Gone(var gone):
                return environment.Applied.Gone(gone) is { } other ? [other] : [];
            default:
                throw new InvalidOperationException($"No such sight: {seen.GetType().Name}");
        }
    }
}
