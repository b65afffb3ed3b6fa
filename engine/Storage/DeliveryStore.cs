using System.Data.Common;
using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace GitOps.Triggers.Storage;

/// <summary>Deliveries and the work that they mark, together or not at all.</summary>
internal sealed class DeliveryStore(IDbContextFactory<EngineDbContext> contexts)
{
    private const int Slice = 2_000;

    private const string Insert = """
        INSERT INTO "deliveries" ("Guid", "Event", "Action", "Outcome", "Repository", "ReceivedAt")
        VALUES (@guid, @event, @action, @outcome, @repository, @at)
        ON CONFLICT ("Guid") DO UPDATE SET "Outcome" = 'redelivered: ' || excluded."Outcome", "ReceivedAt" = excluded."ReceivedAt";
        """;

    /// <summary>
    /// One transaction for all of them: the cost is one flush of the disk, however many they are. A delivery that is known already
    /// marks its work again: whoever redelivers wants another look, and a look that finds nothing new changes nothing.
    /// </summary>
    public async Task SaveAsync(IReadOnlyCollection<Delivery> deliveries, IReadOnlyCollection<WorkMark> marks, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        await using var scope = await context.Database.BeginTransactionAsync(ct);
        await InsertAsync(scope.GetDbTransaction(), deliveries, ct);
        await WorkStore.MarkAsync(scope.GetDbTransaction(), marks, ct);
        await scope.CommitAsync(ct);
    }

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

    private static async Task InsertAsync(DbTransaction transaction, IReadOnlyCollection<Delivery> deliveries, CancellationToken ct)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = Insert;
        var (guid, name, action) = (command.Add("@guid"), command.Add("@event"), command.Add("@action"));
        var (outcome, repository, at) = (command.Add("@outcome"), command.Add("@repository"), command.Add("@at"));
        foreach (var delivery in deliveries)
        {
            (guid.Value, name.Value, outcome.Value) = (delivery.Guid, delivery.Event, delivery.Outcome);
            action.Value = delivery.Action ?? (object)DBNull.Value;
            repository.Value = delivery.Repository?.Value ?? (object)DBNull.Value;
            at.Value = delivery.ReceivedAt.ToUnixTimeMilliseconds();
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
