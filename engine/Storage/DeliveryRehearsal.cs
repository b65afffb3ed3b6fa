using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>
/// Does what storing a delivery takes, and leaves nothing behind: a row is written and taken away again, and that is committed. A rollback
/// would not do: SQLite writes and flushes at the commit, and only there is a full or read-only disk found out. Deliveries themselves use
/// another connection, so that a rehearsal that hangs is not in their way.
/// </summary>
internal sealed class DeliveryRehearsal(IDbContextFactory<EngineDbContext> contexts)
{
    private const string StoreAndTakeAway = """
        INSERT INTO "deliveries" ("Guid", "Event", "Outcome", "ReceivedAt") VALUES ('rehearsal', 'rehearsal', 'rehearsal', 0);
        DELETE FROM "deliveries" WHERE "Guid" = 'rehearsal';
        """;

    /// <exception cref="System.Data.Common.DbException">A delivery could not be stored now.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await context.Database.ExecuteSqlRawAsync(StoreAndTakeAway, ct);
        await transaction.CommitAsync(ct);
    }
}
