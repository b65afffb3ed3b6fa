using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

internal sealed class BuildStore(IDbContextFactory<EngineDbContext> contexts)
{
    /// <returns>The record with its id.</returns>
    public async Task<BuildRecord> AddAsync(BuildRecord build, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var entry = context.Builds.Add(build);
        await context.SaveChangesAsync(ct);
        return entry.Entity;
    }

    /// <summary>It has its place.</summary>
    /// <returns>The record as it stands now.</returns>
    public async Task<BuildRecord> BeginAsync(BuildRecord build, DateTimeOffset now, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var entry = context.Builds.Update(build with { State = BuildState.Running, StartedAt = now });
        await context.SaveChangesAsync(ct);
        return entry.Entity;
    }

    public async Task FinishAsync(BuildRecord build, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        context.Builds.Update(build);
        await context.SaveChangesAsync(ct);
    }

    /// <summary>Builds that were running or waiting when an engine ended; nobody will finish them.</summary>
    public async Task<int> CloseAbandonedAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Builds.Where(build => build.State == BuildState.Running || build.State == BuildState.Waiting).ExecuteUpdateAsync(
            set => set.SetProperty(build => build.State, BuildState.Cancelled)
                .SetProperty(build => build.StartedAt, build => build.State == BuildState.Waiting ? now : build.StartedAt)
                .SetProperty(build => build.FinishedAt, now)
                .SetProperty(build => build.Reason, "The engine stopped before it ended; it is built again."),
            ct);
    }

    public async Task<JudgedBuilds> JudgedAsync(RepositoryId repository, IReadOnlyCollection<InputHash> hashes, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var judged = await context.Builds
            .Where(build => build.Repository == repository && hashes.Contains(build.Hash))
            .Where(build => build.State == BuildState.Succeeded || build.State == BuildState.Rejected)
            .OrderByDescending(build => build.Id)
            .ToListAsync(ct);
        return new JudgedBuilds(
            [.. judged.Where(build => build.State == BuildState.Succeeded)],
            [.. judged.DistinctBy(build => build.Hash).Where(build => build is { State: BuildState.Rejected, Forgotten: false })]);
    }

    /// <summary>
    /// Lets everything of a repository, or when none is named of all, that failed by its own fault be built once more, since a person asked: what was at fault may stand outside
    /// of its inputs, as a login or a limit does. For all environments, since they share their builds.
    /// </summary>
    /// <returns>How many failures are forgotten.</returns>
    public async Task<int> ForgetFailuresAsync(RepositoryId? repository, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Builds
            .Where(build => (repository == null || build.Repository == repository) && build.State == BuildState.Rejected && !build.Forgotten)
            .ExecuteUpdateAsync(set => set.SetProperty(build => build.Forgotten, true), ct);
    }

    /// <summary>Every repository that something was built for, connected still or not.</summary>
    public async Task<IReadOnlyList<RepositoryId>> RepositoriesAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Builds.Select(build => build.Repository).Distinct().ToListAsync(ct);
    }

    /// <summary>All of a repository, newest first.</summary>
    public async Task<IReadOnlyList<BuildRecord>> OfAsync(RepositoryId repository, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Builds.Where(build => build.Repository == repository).OrderByDescending(build => build.Id).ToListAsync(ct);
    }

    /// <summary>Whether any deployment, or any other build than this one, refers to an image; of whichever repository.</summary>
    public async Task<bool> IsInUseAsync(ImageReference image, long besides, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Deployments.AnyAsync(row => row.Image == image, ct)
            || await context.Builds.AnyAsync(build => build.Image == image && build.Id != besides, ct);
    }

    public async Task RemoveAsync(long id, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        await context.Builds.Where(build => build.Id == id).ExecuteDeleteAsync(ct);
    }

    public async Task<BuildRecord?> FindAsync(long id, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Builds.SingleOrDefaultAsync(build => build.Id == id, ct);
    }

    /// <summary>Newest first; all repositories when none is named.</summary>
    public async Task<IReadOnlyList<BuildRecord>> ListAsync(RepositoryId? repository, TriggerName? trigger, int count, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Builds
            .Where(build => repository == null || build.Repository == repository)
            .Where(build => trigger == null || build.Trigger == trigger)
            .OrderByDescending(build => build.Id)
            .Take(count)
            .ToListAsync(ct);
    }
}
