using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>The whole fleet as it is now, for status and metrics: a handful of questions, however many triggers there are.</summary>
internal sealed class FleetQuery(IDbContextFactory<EngineDbContext> contexts)
{
    /// <returns>By repository, trigger and environment; of each deployment all but what was applied.</returns>
    public async Task<IReadOnlyList<FleetRow>> ReadAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var names = await NamesAsync(context, ct);
        var statuses = (await context.Statuses.ToListAsync(ct)).ToDictionary(row => row.Key);
        var deployments = (await CurrentAsync(context, ct)).ToDictionary(row => row.Key);
        var pauses = (await context.Pauses.ToListAsync(ct)).ToDictionary(row => row.Key);
        var runs = (await LastRunsAsync(context, ct)).ToDictionary(row => row.Key);
        var ends = await LastEndsAsync(context, ct);
        var active = (await context.Runs.Where(row => row.State == RunState.Running).ToListAsync(ct)).ToLookup(row => row.Key);

        return [.. statuses.Keys.Union(deployments.Keys)
            .Where(key => names.ContainsKey(key.Repository))
            .OrderBy(key => names[key.Repository], StringComparer.Ordinal).ThenBy(key => key.Trigger).ThenBy(key => key.Environment)
            .Select(key => new FleetRow
            {
                Key = key,
                RepositoryName = names[key.Repository],
                Status = statuses.GetValueOrDefault(key),
                Deployment = deployments.GetValueOrDefault(key),
                Pause = pauses.GetValueOrDefault(key),
                LastRun = runs.GetValueOrDefault(key),
                ActiveRuns = active[key].Count(),
                LastSuccess = ends.TryGetValue((key, RunState.Succeeded), out var success) ? success : null,
                LastFailure = ends.TryGetValue((key, RunState.Failed), out var failure) ? failure : null,
            })];
    }

    /// <summary>Also of repositories that are no longer connected: what they left suspended is part of the fleet until it is taken down.</summary>
    private static async Task<Dictionary<RepositoryId, string>> NamesAsync(EngineDbContext context, CancellationToken ct)
    {
        var retired = await context.Retired.Select(row => new { row.Id, row.Name }).ToListAsync(ct);
        var connected = await context.Repositories.Select(row => new { row.Id, row.Name }).ToListAsync(ct);
        return retired.Concat(connected).ToDictionary(row => row.Id, row => row.Name);
    }

    private static Task<List<DeploymentRecord>> CurrentAsync(EngineDbContext context, CancellationToken ct)
    {
        var newest = context.Deployments.GroupBy(row => new { row.Repository, row.Environment, row.Trigger }).Select(group => group.Max(row => row.Id));
        return context.Deployments.Where(row => newest.Contains(row.Id) && row.PrunedAt == null).Select(DeploymentColumns.WithoutRendered).ToListAsync(ct);
    }

    private static async Task<List<RunRecord>> LastRunsAsync(EngineDbContext context, CancellationToken ct)
    {
        var started = context.Runs.Where(row => row.StartedAt != null);
        // Joined to its group's newest, not compared run by run: each scrape of the metrics asks this.
        var newest = started
            .GroupBy(row => new { row.Repository, row.Environment, row.Trigger })
            .Select(group => new { group.Key.Repository, group.Key.Environment, group.Key.Trigger, StartedAt = group.Max(row => row.StartedAt) });
        var last = await started
            .Join(
                newest,
                row => new { row.Repository, row.Environment, row.Trigger, row.StartedAt },
                one => new { one.Repository, one.Environment, one.Trigger, one.StartedAt },
                (row, one) => row)
            .ToListAsync(ct);
        return [.. last.GroupBy(row => row.Key).Select(group => group.MaxBy(row => row.Id.Value)!)];
    }

    private static async Task<Dictionary<(TriggerKey, RunState), DateTimeOffset>> LastEndsAsync(EngineDbContext context, CancellationToken ct)
    {
        var rows = await context.Runs
            .Where(row => (row.State == RunState.Succeeded || row.State == RunState.Failed) && row.FinishedAt != null)
            .GroupBy(row => new { row.Repository, row.Environment, row.Trigger, row.State })
            .Select(group => new { group.Key.Repository, group.Key.Environment, group.Key.Trigger, group.Key.State, At = group.Max(row => row.FinishedAt) })
            .ToListAsync(ct);
        return rows.ToDictionary(row => (new TriggerKey(row.Repository, row.Environment, row.Trigger), row.State), row => row.At!.Value);
    }

    /// <returns>When each trigger was first deployed, of the releases that are kept.</returns>
    public async Task<IReadOnlyDictionary<TriggerKey, DateTimeOffset>> FirstDeploymentsAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var rows = await context.Deployments
            .GroupBy(row => new { row.Repository, row.Environment, row.Trigger })
            .Select(group => new { group.Key.Repository, group.Key.Environment, group.Key.Trigger, At = group.Min(row => row.DeployedAt) })
            .ToListAsync(ct);
        return rows.ToDictionary(row => new TriggerKey(row.Repository, row.Environment, row.Trigger), row => row.At);
    }

    /// <returns>What the last build of each trigger that ended by itself came to, for whichever environment.</returns>
    public async Task<IReadOnlyDictionary<(RepositoryId, TriggerName), BuildState>> LastBuildsAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var newest = context.Builds
            .Where(row => row.State == BuildState.Succeeded || row.State == BuildState.Rejected || row.State == BuildState.Failed)
            .GroupBy(row => new { row.Repository, row.Trigger })
            .Select(group => group.Max(row => row.Id));
        var rows = await context.Builds.Where(row => newest.Contains(row.Id)).Select(row => new { row.Repository, row.Trigger, row.State }).ToListAsync(ct);
        return rows.ToDictionary(row => (row.Repository, row.Trigger), row => row.State);
    }
}
