using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>What the last pass of each key made of it, for people and for the resync. It can be made again from git at any time.</summary>
internal sealed class StatusStore(Database database)
{
    /// <summary>Replaces the pass and the statuses of its triggers; those of triggers that are no longer there go.</summary>
    public async Task ReplaceAsync(PassRecord pass, IReadOnlyList<TriggerStatus> statuses, CancellationToken ct)
    {
        await using var context = database.CreateDeferringDbContext();
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await context.Passes.Where(row => row.Repository == pass.Repository && row.Environment == pass.Environment).ExecuteDeleteAsync(ct);
        await context.Statuses.Where(row => row.Repository == pass.Repository && row.Environment == pass.Environment).ExecuteDeleteAsync(ct);
        context.Passes.Add(pass);
        context.Statuses.AddRange(statuses);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Replaces the pass alone: it got no further than this, so what was known of the triggers still stands.</summary>
    public async Task ReplaceAsync(PassRecord pass, CancellationToken ct)
    {
        await using var context = database.CreateDeferringDbContext();
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await context.Passes.Where(row => row.Repository == pass.Repository && row.Environment == pass.Environment).ExecuteDeleteAsync(ct);
        context.Passes.Add(pass);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Replaces one trigger's status while its pass goes on.</summary>
    public async Task SetAsync(TriggerStatus status, CancellationToken ct)
    {
        await using var context = database.CreateDeferringDbContext();
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await context.Statuses
            .Where(row => row.Repository == status.Repository && row.Environment == status.Environment && row.Trigger == status.Trigger)
            .ExecuteDeleteAsync(ct);
        context.Statuses.Add(status);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<IReadOnlyList<PassRecord>> PassesAsync(CancellationToken ct)
    {
        await using var context = database.CreateDbContext();
        return await context.Passes.ToListAsync(ct);
    }

    public async Task<IReadOnlyList<PassRecord>> PassesAsync(RepositoryId repository, CancellationToken ct)
    {
        await using var context = database.CreateDbContext();
        return await context.Passes.Where(row => row.Repository == repository).ToListAsync(ct);
    }

    /// <summary>The environments in which a trigger of the repository is held, or was refused: news from upstream may change both.</summary>
    public async Task<IReadOnlySet<EnvironmentName>> WaitingAsync(RepositoryId repository, CancellationToken ct)
    {
        await using var context = database.CreateDbContext();
        return (await context.Statuses.Where(row => row.Repository == repository && (row.State == TriggerState.Held || row.State == TriggerState.Rejected)).Select(row => row.Environment).Distinct().ToListAsync(ct)).ToHashSet();
    }

    public async Task<IReadOnlyList<TriggerStatus>> StatusesAsync(RepositoryId repository, CancellationToken ct)
    {
        await using var context = database.CreateDbContext();
        return await context.Statuses.Where(row => row.Repository == repository).ToListAsync(ct);
    }
}
