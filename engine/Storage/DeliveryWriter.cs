using System.Data.Common;
using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>
/// Stores deliveries and the work that they mark, together or not at all. It keeps its connection and its statements, since thousands of
/// deliveries a second are to pass; after a failure it begins anew. For one caller at a time.
/// </summary>
internal sealed class DeliveryWriter(IDbContextFactory<EngineDbContext> contexts) : IAsyncDisposable
{
    // One that is known already marks its work again: whoever redelivers wants another look, and a look that finds nothing new changes nothing.
    private const string Insert = """
        INSERT INTO "deliveries" ("Guid", "Event", "Action", "Outcome", "Repository", "ReceivedAt")
        VALUES (@guid, @event, @action, @outcome, @repository, @at)
        ON CONFLICT ("Guid") DO UPDATE SET "Outcome" = 'redelivered: ' || excluded."Outcome", "ReceivedAt" = excluded."ReceivedAt";
        """;

    private Session? session;

    /// <summary>One transaction for all of them: the cost is one flush of the disk, however many they are.</summary>
    public async Task SaveAsync(IEnumerable<Delivery> deliveries, IEnumerable<WorkMark> marks, CancellationToken ct)
    {
        var isSaved = false;
        try
        {
            session ??= await OpenAsync(ct);
            await session.SaveAsync(deliveries, marks, ct);
            isSaved = true;
        }
        finally
        {
            if (!isSaved)
                await DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (session is { } open)
            await open.DisposeAsync();
        session = null;
    }

    private async Task<Session> OpenAsync(CancellationToken ct)
    {
        var context = await contexts.CreateDbContextAsync(ct);
        try
        {
            await context.Database.OpenConnectionAsync(ct);
            return new Session(context, context.Database.GetDbConnection());
        }
        catch
        {
            await context.DisposeAsync();
            throw;
        }
    }

    private sealed class Session(EngineDbContext context, DbConnection connection) : IAsyncDisposable
    {
        private readonly PreparedCommand insert = new(connection, Insert, "@guid", "@event", "@action", "@outcome", "@repository", "@at");
        private readonly MarkCommand mark = new(connection);

        public async Task SaveAsync(IEnumerable<Delivery> deliveries, IEnumerable<WorkMark> marks, CancellationToken ct)
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            foreach (var row in deliveries)
                await insert.ExecuteAsync(transaction, [row.Guid, row.Event, row.Action, row.Outcome, row.Repository?.Value, row.ReceivedAt.ToUnixTimeMilliseconds()], ct);
            await mark.ExecuteAsync(transaction, marks, ct);
            await transaction.CommitAsync(ct);
        }

        public async ValueTask DisposeAsync()
        {
            await insert.DisposeAsync();
            await mark.DisposeAsync();
            await context.DisposeAsync();
        }
    }
}
