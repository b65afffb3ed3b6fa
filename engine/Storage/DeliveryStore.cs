using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>The record of deliveries, for people. <see cref="DeliveryWriter"/> writes it.</summary>
internal sealed class DeliveryStore(IDbContextFactory<EngineDbContext> contexts)
{
    private const int Slice = 2_000;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Delivery>> ListAsync(int count, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return await context.Deliveries.OrderByDescending(row => row.ReceivedAt).Take(count).ToListAsync(ct);
    }

    /// <summary>Drops those from before <paramref name="before"/>, and the oldest ones beyond <paramref name="kept"/>; in slices, so that nobody waits long for the database.</summary>
    public async Task TrimAsync(DateTimeOffset before, int kept, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var beyond = await context.Deliveries.OrderByDescending(row => row.ReceivedAt).Skip(kept).Select(row => (DateTimeOffset?)row.ReceivedAt).FirstOrDefaultAsync(ct);
        while (true)
        {
            var slice = context.Deliveries.Where(row => row.ReceivedAt < before || row.ReceivedAt <= beyond).OrderBy(row => row.ReceivedAt).Take(Slice).Select(row => row.Guid);
            if (await context.Deliveries.Where(row => slice.Contains(row.Guid)).ExecuteDeleteAsync(ct) == 0)
                return;
        }
    }
}
