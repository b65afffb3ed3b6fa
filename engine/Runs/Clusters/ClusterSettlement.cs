using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Runs;

/// <summary>What no event tells: runs whose Job is missing, and due times that have none. Found by looking every few seconds.</summary>
internal sealed class ClusterSettlement(RunStore runs, FleetQuery fleet, DeploymentStore deployments, TimeProvider time)
{
    private const int DeploymentsLookedAt = 50;

    /// <summary>More than the due times of one look, since runs on demand are among them.</summary>
    private const int RunsLookedAt = 4 * PassedOverTimes.Most;

    private readonly Dictionary<TriggerKey, (long Deployment, DateTimeOffset At)> next = [];

    /// <summary>Runs that were to go on, and whose Jobs are not on the cluster.</summary>
    public async Task<IReadOnlyList<RunRecord>> MissingAsync(FollowedEnvironment environment, CancellationToken ct)
    {
        var (now, missing) = (time.GetUtcNow(), new List<RunRecord>());
        foreach (var run in await runs.UnfinishedOnClustersAsync(environment.Name, ct))
        {
            if (environment.SpaceOf(run.Repository) is { } space && environment.View.SeenSince(space) is not null && !environment.View.Knows(space, run.Id)
                && UnseenEnds.Missing(run, environment.CronJob(run.Key), now) is { } end)
                missing.Add(end);
        }
        return missing;
    }

    /// <summary>Due times without a Job, of the triggers for which one has come since the last look.</summary>
    public async Task<IReadOnlyList<RunRecord>> UnstartedAsync(FollowedEnvironment environment, CancellationToken ct)
    {
        var (now, unstarted) = (time.GetUtcNow(), new List<RunRecord>());
        foreach (var row in await fleet.ReadAsync(ct))
        {
            if (row.Key.Environment != environment.Name || row.Deployment is not { } deployment || (next.TryGetValue(row.Key, out var look) && look.Deployment == deployment.Id && now < look.At)
                || environment.SpaceOf(row.Key.Repository) is not { } space || environment.View.SeenSince(space) is not { } since)
                continue;
            unstarted.AddRange(UnstartedTimes.Of(await ReadAsync(environment, row, since, now, ct), now));
            next[row.Key] = (deployment.Id, NextLook(deployment, now));
        }
        return unstarted;
    }

    /// <summary>After a failure: what was found may not have been stored.</summary>
    public void LookAtAllAgain() => next.Clear();

    private async Task<ClusterSchedule> ReadAsync(FollowedEnvironment environment, FleetRow row, DateTimeOffset since, DateTimeOffset now, CancellationToken ct) => new()
    {
        Key = row.Key,
        Deployments = await deployments.HistoryAsync(row.Key, DeploymentsLookedAt, ct),
        Runs = await runs.AroundAsync(row.Key, now, RunsLookedAt, ct),
        CronJob = environment.CronJob(row.Key),
        Pause = row.Pause,
        Standstill = row.Status is { State: TriggerState.Suspended } status ? status.Message : null,
        SeenSince = since,
    };

    private static DateTimeOffset NextLook(DeploymentRecord deployment, DateTimeOffset now) =>
        deployment is { Schedule: { } expression, TimeZone: { } zone } && CronSchedule.TryParse(expression, zone, out var schedule, out _)
            ? schedule.Next(now - UnstartedTimes.Grace) + UnstartedTimes.Grace ?? DateTimeOffset.MaxValue
            : DateTimeOffset.MaxValue;
}
