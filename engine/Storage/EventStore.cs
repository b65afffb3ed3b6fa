using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>The event log: bounded, newest kept.</summary>
internal sealed class EventStore(IDbContextFactory<EngineDbContext> contexts)
{
    private const int Kept = 10_000;

    public async Task AddAsync(IReadOnlyCollection<EventRecord> events, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        context.Events.AddRange(events);
        await context.SaveChangesAsync(ct);
    }

    /// <summary>Newest first; everything when nothing is named.</summary>
    public async Task<IReadOnlyList<EventRecord>> ListAsync(RepositoryId? repository, EnvironmentName? environment, TriggerName? trigger, int count, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Events
            .Where(row => repository == null || row.Repository == repository)
            .Where(row => environment == null || row.Environment == environment)
            .Where(row => trigger == null || row.Trigger == trigger)
            .OrderByDescending(row => row.Id)
            .Take(count)
            .ToListAsync(ct);
    }

    public async Task TrimAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var oldest = await context.Events.OrderByDescending(row => row.Id).Skip(Kept).Select(row => row.Id).FirstOrDefaultAsync(ct);
        if (oldest > 0)
            await context.Events.Where(row => row.Id <= oldest).ExecuteDeleteAsync(ct);
    }
}
