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

    /// <summary>Newest first; everything when no trigger is named.</summary>
    public async Task<IReadOnlyList<EventRecord>> ListAsync(TriggerKey? key, int count, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var events = context.Events.AsQueryable();
        if (key is not null)
            events = events.Where(row => row.Repository == key.Repository && (row.Environment == null || row.Environment == key.Environment) && (row.Trigger == null || row.Trigger == key.Trigger));
        return await events.OrderByDescending(row => row.Id).Take(count).ToListAsync(ct);
    }

    public async Task TrimAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var oldest = await context.Events.OrderByDescending(row => row.Id).Skip(Kept).Select(row => row.Id).FirstOrDefaultAsync(ct);
        if (oldest > 0)
            await context.Events.Where(row => row.Id <= oldest).ExecuteDeleteAsync(ct);
    }
}
