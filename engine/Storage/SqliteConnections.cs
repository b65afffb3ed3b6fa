using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GitOps.Triggers.Storage;

/// <summary>
/// Opens each context's connection once and leaves it open for the questions that follow: to open it anew makes SQLite forget its settings, its read pages
/// and EF's functions, which took longer than most questions. A writer waits for another one instead of failing.
/// Source: https://www.sqlite.org/pragma.html.
/// </summary>
/// <param name="synchronous">When a commit is on the disk: <c>FULL</c>, when it returns; <c>NORMAL</c>, with a later one.</param>
internal sealed class SqliteConnections(string synchronous) : DbConnectionInterceptor
{
    // In KiB: the pages that a connection keeps for itself; the kernel has all of them.
    private const int Cache = 128;

    private readonly string pragmas = $"PRAGMA synchronous={synchronous}; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-{Cache};";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // A context that is not kept disposes of its connection, which closes it.
    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) => new(InterceptionResult.Suppress());
}
