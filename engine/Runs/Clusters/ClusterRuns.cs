using System.Collections.Concurrent;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Runs;

/// <summary>
/// Records the runs on clusters, whose clock and runner are Kubernetes' own: the engine only looks on, and may be away. Each environment is followed
/// by itself, so that one whose cluster is down delays no other.
/// </summary>
internal sealed partial class ClusterRuns(IReadOnlyList<FollowedEnvironment> environments, ClusterRecorder recorder, Func<ClusterSettlement> settlement, ClusterLogKeeper logs, EventHub events, TimeProvider time, ILogger<ClusterRuns> logger) : BackgroundService
{
    private static readonly TimeSpan BetweenFlushes = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(Domain.EnvironmentName Environment, string Where), bool> unseen = new();

    public static IReadOnlyList<FollowedEnvironment> Of(KubernetesEnvironments environments, TimeProvider time) => [.. environments.All.Select(one => new FollowedEnvironment(one, time))];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (environments.Count == 0)
            return;
        foreach (var environment in environments)
            environment.Feed.Told += (space, failure) => Tell(environment.Name, space ?? "all namespaces", failure);
        await Task.WhenAll([
            logs.RunAsync(stoppingToken),
            .. environments.Select(one => one.Feed.RunAsync(stoppingToken)),
            .. environments.Select(one => RecordAsync(one, stoppingToken)),
        ]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RecordAsync(FollowedEnvironment environment, CancellationToken ct)
    {
        var (look, told) = (settlement(), (string?)null);
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await RecordUntilAsync(environment, time.GetUtcNow() + BetweenLooks, ct);
                await recorder.RecordAsync(environment, await look.MissingAsync(environment, ct), ct);
                await recorder.RecordAsync(environment, await look.UnstartedAsync(environment, ct), ct);
                told = null;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                if (told != e.Message)
                    NotRecorded(logger, e, environment.Name);
                told = e.Message;
                look.LookAtAllAgain();
                await Waiting.UntilAsync(time.GetUtcNow() + AfterFailure, time, ct);
            }
        }
    }

    private async Task RecordUntilAsync(FollowedEnvironment environment, DateTimeOffset end, CancellationToken ct)
    {
        do
        {
            while (await recorder.FlushAsync(environment, ct) == ClusterRecorder.BatchSize)
            {
            }
            await Waiting.UntilAsync(time.GetUtcNow() + BetweenFlushes, time, ct);
            ct.ThrowIfCancellationRequested();
        }
        while (time.GetUtcNow() < end);
    }

    /// <summary>Once when it begins and once when it is over: an outage of an hour is no hundred warnings.</summary>
    private void Tell(Domain.EnvironmentName environment, string where, ClusterException? failure)
    {
        if (failure is not null && unseen.TryAdd((environment, where), true))
            NotSeen(logger, environment, where, failure.Message);
        else if (failure is null && unseen.TryRemove((environment, where), out _))
            SeenAgain(logger, environment, where);
        events.Publish(new EngineEvent.ClusterSeen(environment, !unseen.Keys.Any(one => one.Environment == environment)));
    }
}
