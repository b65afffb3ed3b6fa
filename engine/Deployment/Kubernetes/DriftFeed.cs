using System.Threading.Channels;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>
/// Tells whose CronJobs were changed or removed by somebody else: not what a controller counts in their status, and not what the engine writes
/// itself. What happened while nothing was seen is found by the next list.
/// </summary>
internal sealed class DriftFeed
{
    private readonly AppliedObjects applied;
    private readonly Channel<IReadOnlyList<WorkKey>> drifted = Channel.CreateUnbounded<IReadOnlyList<WorkKey>>();

    public DriftFeed(KubernetesEnvironment environment)
    {
        applied = environment.Applied;
        environment.Feed.CronJobs += See;
        environment.Feed.Lost += space => applied.Watched(space, false);
    }

    public ChannelReader<IReadOnlyList<WorkKey>> Drifted => drifted.Reader;

    private void See(string? space, Seen<V1CronJob> seen)
    {
        if (Changed(space, seen) is { Count: > 0 } keys)
            drifted.Writer.TryWrite(keys);
    }

    private IReadOnlyList<WorkKey> Changed(string? space, Seen<V1CronJob> seen)
    {
        switch (seen)
        {
            case Seen<V1CronJob>.All(var objects):
                var found = applied.Compare(space, objects);
                applied.Watched(space, true);
                return found;
            case Seen<V1CronJob>.Changed(var changed):
                return applied.Changed(changed) is { } one ? [one] : [];
            case Seen<V1CronJob>.Gone(var gone):
                return applied.Gone(gone) is { } other ? [other] : [];
            default:
                throw new InvalidOperationException($"No such sight: {seen.GetType().Name}");
        }
    }
}
