using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

internal sealed class DeploymentStore(IDbContextFactory<EngineDbContext> contexts, TimeProvider time)
{
    /// <returns>The record with its id.</returns>
    public async Task<DeploymentRecord> AddAsync(DeploymentRecord deployment, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var entry = context.Deployments.Add(deployment);
        await context.SaveChangesAsync(ct);
        return entry.Entity;
    }

    /// <summary>Marks the trigger's newest deployment as taken down now.</summary>
    public async Task PruneAsync(DeploymentRecord deployment, CancellationToken ct)
    {
        DateTimeOffset? now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(ct);
        await context.Deployments.Where(row => row.Id == deployment.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.PrunedAt, now), ct);
    }

    /// <summary>Marks the trigger's newest deployment as one that starts nothing, and why; or, without a reason, as one that may again.</summary>
    public async Task StandStillAsync(DeploymentRecord deployment, string? reason, CancellationToken ct)
    {
        if (deployment.StandsStill == reason)
            return;
        await using var context = await contexts.CreateDbContextAsync(ct);
        await context.Deployments.Where(row => row.Id == deployment.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.StandsStill, reason), ct);
    }

    /// <summary>All deployments of a (repository, environment), newest first, without what was applied: see <see cref="RenderedAsync"/>.</summary>
    public async Task<IReadOnlyList<DeploymentRecord>> HistoryAsync(WorkKey key, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Deployments
            .Where(row => row.Repository == key.Repository && row.Environment == key.Environment)
            .OrderByDescending(row => row.Id)
            .Select(DeploymentColumns.WithoutRendered)
            .ToListAsync(ct);
    }

    /// <summary>All deployments of a repository, newest first, without what was applied.</summary>
    public async Task<IReadOnlyList<DeploymentRecord>> HistoryAsync(RepositoryId repository, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Deployments.Where(row => row.Repository == repository).OrderByDescending(row => row.Id).Select(DeploymentColumns.WithoutRendered).ToListAsync(ct);
    }

    /// <returns>A trigger's newest deployment, without what was applied; none when there was never one.</returns>
    public async Task<DeploymentRecord?> NewestAsync(TriggerKey key, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await Of(context, key)
            .OrderByDescending(row => row.Id)
            .Select(DeploymentColumns.WithoutRendered)
            .FirstOrDefaultAsync(ct);
    }

    /// <returns>A trigger's newest deployments, newest first, without what was applied.</returns>
    public async Task<IReadOnlyList<DeploymentRecord>> HistoryAsync(TriggerKey key, int count, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await Of(context, key).OrderByDescending(row => row.Id).Take(count).Select(DeploymentColumns.WithoutRendered).ToListAsync(ct);
    }

    /// <summary>What was applied with one deployment of a history.</summary>
    public async Task<string> RenderedAsync(DeploymentRecord deployment, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Deployments.Where(row => row.Id == deployment.Id).Select(row => row.Rendered).SingleAsync(ct);
    }

    public async Task RemoveAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        await context.Deployments.Where(row => ids.Contains(row.Id)).ExecuteDeleteAsync(ct);
    }

    /// <summary>Newest first; every filter may be left out.</summary>
    public async Task<IReadOnlyList<DeploymentRecord>> ListAsync(RepositoryId? repository, EnvironmentName? environment, TriggerName? trigger, int count, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Deployments
            .Where(row => repository == null || row.Repository == repository)
            .Where(row => environment == null || row.Environment == environment)
            .Where(row => trigger == null || row.Trigger == trigger)
            .OrderByDescending(row => row.Id)
            .Take(count)
            .ToListAsync(ct);
    }

    /// <summary>What an upstream environment shows for these inputs: each image that was deployed of them, since when, and its successful runs there.</summary>
    public async Task<IReadOnlyList<UpstreamEvidence>> EvidenceAsync(WorkKey upstream, IReadOnlyCollection<InputHash> hashes, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var deployed = await context.Deployments
            .Where(row => row.Repository == upstream.Repository && row.Environment == upstream.Environment && hashes.Contains(row.Hash))
            .OrderBy(row => row.Id)
            .Select(DeploymentColumns.WithoutRendered)
            .ToListAsync(ct);
        var evidence = new List<UpstreamEvidence>();
        foreach (var group in deployed.GroupBy(row => (row.Trigger, row.Hash, row.Image)))
        {
            var last = group.Last();
            var successes = await context.Runs.CountAsync(
                run => run.Repository == upstream.Repository && run.Environment == upstream.Environment
                    && run.Trigger == last.Trigger && run.Image == last.Image && run.State == RunState.Succeeded,
                ct);
            evidence.Add(new UpstreamEvidence
            {
                Trigger = last.Trigger,
                Hash = last.Hash,
                Image = last.Image,
                FirstDeployedAt = group.First().DeployedAt,
                SuccessfulRuns = successes,
                BuildId = last.BuildId,
            });
        }
        return evidence;
    }

    private static IQueryable<DeploymentRecord> Of(EngineDbContext context, TriggerKey key) =>
        context.Deployments.Where(row => row.Repository == key.Repository && row.Environment == key.Environment && row.Trigger == key.Trigger);
}
