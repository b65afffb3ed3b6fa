using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace GitOps.Triggers.Storage;

/// <summary>
/// The work that is due, one row per key. A row leaves only when a pass for its very generation is complete, so that neither a mark
/// during the pass nor the end of the process loses any.
/// </summary>
internal sealed class WorkStore(Database database)
{
    public async Task MarkAsync(IReadOnlyCollection<WorkMark> marks, CancellationToken ct)
    {
        await using var context = database.CreateDbContext();
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await using var command = new MarkCommand(context.Database.GetDbConnection());
        await command.ExecuteAsync(transaction.GetDbTransaction(), marks, ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<WorkItem?> FindAsync(WorkKey key, CancellationToken ct)
    {
        await using var context = database.CreateDbContext();
        return await Of(context, key).SingleOrDefaultAsync(ct);
    }

    /// <summary>Everything that is or will be due, soonest first.</summary>
    public async Task<IReadOnlyList<WorkItem>> ListAsync(CancellationToken ct)
    {
        await using var context = database.CreateDbContext();
        return await context.Work.OrderBy(row => row.DueAt).ToListAsync(ct);
    }

    public async Task<IReadOnlyList<WorkItem>> ListAsync(RepositoryId repository, CancellationToken ct)
    {
        await using var context = database.CreateDbContext();
        return await context.Work.Where(row => row.Repository == repository).ToListAsync(ct);
    }

    /// <returns>False when it was marked again since: then it stays due.</returns>
    public async Task<bool> CompleteAsync(WorkItem item, CancellationToken ct)
    {
        // Were that lost with the machine's power, one pass more would find nothing to do.
        await using var context = database.CreateDeferringDbContext();
        return await Of(context, item).ExecuteDeleteAsync(ct) > 0;
    }

    /// <summary>Puts it off.</summary>
    /// <returns>False when it was marked again since: then it stays due.</returns>
    public async Task<bool> PostponeAsync(WorkItem item, DateTimeOffset dueAt, int attempt, string reason, CancellationToken ct)
    {
        await using var context = database.CreateDbContext();
        return await Of(context, item).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DueAt, dueAt).SetProperty(row => row.Attempt, attempt).SetProperty(row => row.Reason, reason),
            ct) > 0;
    }

    private static IQueryable<WorkItem> Of(EngineDbContext context, WorkKey key) =>
        context.Work.Where(row => row.Repository == key.Repository && row.Environment == key.Environment);

    private static IQueryable<WorkItem> Of(EngineDbContext context, WorkItem item) =>
        Of(context, item.Key).Where(row => row.Generation == item.Generation);
}
