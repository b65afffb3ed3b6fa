using System.Collections.Concurrent;
using System.Collections.Immutable;
using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>Where CronJobs of triggers may stand. Asked for in every pass, and so kept in memory too: nobody else writes it.</summary>
internal sealed class PlaceStore(IDbContextFactory<EngineDbContext> contexts) : IDisposable
{
    private static readonly ImmutableDictionary<TriggerName, ImmutableList<Place>> Nowhere = ImmutableDictionary<TriggerName, ImmutableList<Place>>.Empty;

    private readonly SemaphoreSlim gate = new(1);
    private ConcurrentDictionary<WorkKey, ImmutableDictionary<TriggerName, ImmutableList<Place>>>? known;

    public async Task<IReadOnlyList<Place>> OfAsync(TriggerKey key, CancellationToken ct) => Of(await KnownAsync(ct), key);

    /// <returns>The triggers of which something may stand somewhere, released or not.</returns>
    public async Task<IReadOnlySet<TriggerName>> StandingAsync(WorkKey key, CancellationToken ct) =>
        (await KnownAsync(ct)).GetValueOrDefault(key, Nowhere).Keys.ToHashSet();

    public async Task NoteAsync(TriggerKey key, Place place, CancellationToken ct)
    {
        var all = await KnownAsync(ct);
        await gate.WaitAsync(ct);
        try
        {
            if (Of(all, key).Any(place.IsSameAs))
                return;
            await using var context = await contexts.CreateDbContextAsync(ct);
            context.Places.Add(new StandingPlace { Key = key, Place = place });
            await context.SaveChangesAsync(ct);
            all[key.Work] = all.GetValueOrDefault(key.Work, Nowhere).SetItem(key.Trigger, Of(all, key).Add(place));
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
            var gone = Of(all, key).Where(place.IsSameAs).ToList();
            await context.Places
                .Where(row => row.Repository == key.Repository && row.Environment == key.Environment && row.Trigger == key.Trigger && gone.Contains(row.Place))
                .ExecuteDeleteAsync(ct);
            var (there, left) = (all.GetValueOrDefault(key.Work, Nowhere), Of(all, key).RemoveRange(gone));
            all[key.Work] = left.IsEmpty ? there.Remove(key.Trigger) : there.SetItem(key.Trigger, left);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private static ImmutableList<Place> Of(ConcurrentDictionary<WorkKey, ImmutableDictionary<TriggerName, ImmutableList<Place>>> all, TriggerKey key) =>
        all.GetValueOrDefault(key.Work, Nowhere).GetValueOrDefault(key.Trigger, []);

    private async Task<ConcurrentDictionary<WorkKey, ImmutableDictionary<TriggerName, ImmutableList<Place>>>> KnownAsync(CancellationToken ct)
    {
        if (known is { } there)
            return there;
        await gate.WaitAsync(ct);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(ct);
            var rows = await context.Places.ToListAsync(ct);
            return known ??= new(rows.GroupBy(row => row.Key.Work).Select(of => KeyValuePair.Create(
                of.Key, of.GroupBy(row => row.Key.Trigger).ToImmutableDictionary(one => one.Key, one => one.Select(row => row.Place).ToImmutableList()))));
        }
        finally
        {
            gate.Release();
        }
    }
}
