using System.Collections.Concurrent;
using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>Where CronJobs of triggers may stand. Asked for in every pass, and so kept in memory too: nobody else writes it.</summary>
internal sealed class PlaceStore(IDbContextFactory<EngineDbContext> contexts) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private ConcurrentDictionary<TriggerKey, IReadOnlyList<Place>>? known;

    public async Task<IReadOnlyList<Place>> OfAsync(TriggerKey key, CancellationToken ct) => (await KnownAsync(ct)).GetValueOrDefault(key, []);

    public async Task NoteAsync(TriggerKey key, Place place, CancellationToken ct)
    {
        var all = await KnownAsync(ct);
        await gate.WaitAsync(ct);
        try
        {
            if (all.GetValueOrDefault(key, []).Any(place.IsSameAs))
                return;
            await using var context = await contexts.CreateDbContextAsync(ct);
            context.Places.Add(new StandingPlace { Key = key, Place = place });
            await context.SaveChangesAsync(ct);
            all[key] = [.. all.GetValueOrDefault(key, []), place];
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task ForgetAsync(TriggerKey key, Place place, CancellationToken ct)
    {
        var all = await KnownAsync(ct);
        await gate.WaitAsync(ct);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(ct);
            var gone = all.GetValueOrDefault(key, []).Where(place.IsSameAs).ToList();
            await context.Places
                .Where(row => row.Repository == key.Repository && row.Environment == key.Environment && row.Trigger == key.Trigger && gone.Contains(row.Place))
                .ExecuteDeleteAsync(ct);
            all[key] = [.. all.GetValueOrDefault(key, []).Except(gone)];
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private async Task<ConcurrentDictionary<TriggerKey, IReadOnlyList<Place>>> KnownAsync(CancellationToken ct)
    {
        if (known is { } there)
            return there;
        await gate.WaitAsync(ct);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(ct);
            var rows = await context.Places.ToListAsync(ct);
            return known ??= new(rows.GroupBy(row => row.Key).Select(group => KeyValuePair.Create(group.Key, (IReadOnlyList<Place>)[.. group.Select(row => row.Place)])));
        }
        finally
        {
            gate.Release();
        }
    }
}
