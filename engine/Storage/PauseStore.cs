using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

internal sealed class PauseStore(IDbContextFactory<EngineDbContext> contexts)
{
    /// <summary>Pauses a trigger; one that is paused already keeps its first time and reason.</summary>
    public async Task<PauseRecord> PauseAsync(PauseRecord pause, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        if (await Of(context, pause.Key).SingleOrDefaultAsync(ct) is { } standing)
            return standing;
        context.Pauses.Add(pause);
        await context.SaveChangesAsync(ct);
        return pause;
    }

    /// <returns>Whether it was paused.</returns>
    public async Task<bool> ResumeAsync(TriggerKey key, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await Of(context, key).ExecuteDeleteAsync(ct) > 0;
    }

    public async Task<bool> IsPausedAsync(TriggerKey key, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await Of(context, key).AnyAsync(ct);
    }

    public async Task<IReadOnlyList<PauseRecord>> ListAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Pauses.ToListAsync(ct);
    }

    private static IQueryable<PauseRecord> Of(EngineDbContext context, TriggerKey key) => context.Pauses
        .Where(row => row.Repository == key.Repository && row.Environment == key.Environment && row.Trigger == key.Trigger);
}
