using System.Data.Common;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Storage;

/// <summary>Marks work within somebody's transaction. One statement, the same in SQLite and PostgreSQL.</summary>
internal sealed class MarkCommand(DbConnection connection) : IAsyncDisposable
{
    private const string Upsert = """
        INSERT INTO "work" ("Repository", "Environment", "Generation", "DueAt", "Attempt", "Reason")
        VALUES (@repository, @environment, 1, @due, 0, @reason)
        ON CONFLICT ("Repository", "Environment") DO UPDATE SET
            "Generation" = "work"."Generation" + 1,
            "DueAt" = CASE WHEN excluded."DueAt" < "work"."DueAt" THEN excluded."DueAt" ELSE "work"."DueAt" END,
            "Attempt" = 0,
            "Reason" = excluded."Reason";
        """;

    private readonly PreparedCommand command = new(connection, Upsert, "@repository", "@environment", "@due", "@reason");

    public async Task ExecuteAsync(DbTransaction transaction, IEnumerable<WorkMark> marks, CancellationToken ct)
    {
        foreach (var (key, dueAt, reason) in marks)
            await command.ExecuteAsync(transaction, [key.Repository.Value, key.Environment.Value, dueAt.ToUnixTimeMilliseconds(), reason], ct);
    }

    public ValueTask DisposeAsync() => command.DisposeAsync();
}
