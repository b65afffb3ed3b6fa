using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GitOps.Triggers.Storage;

/// <summary>
/// Opens each context's connection once and leaves it open for the questions that follow: to open it anew makes SQLite forget its settings, its schema and
/// its read pages, which took longer than most questions. A writer waits for another one instead of failing.
/// Source: https://www.sqlite.org/pragma.html.
/// </summary>
/// <param name="synchronous">When a commit is on the disk: <c>FULL</c>, when it returns; <c>NORMAL</c>, with a later one.</param>
internal sealed class SqliteConnections(string synchronous) : DbConnectionInterceptor, IDisposable
{
    /// <summary>How long a question waits for another program that holds the database. Without it in the connection's settings too, the driver would ask on after SQLite has given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // In KiB: the pages that a connection keeps for itself; the kernel has all of them.
    private const int Cache = 128;

    private readonly ConcurrentDictionary<Kept, bool> open = new();
    private readonly string pragmas = $"PRAGMA synchronous={synchronous}; PRAGMA busy_timeout={Patience.TotalMilliseconds:0}; PRAGMA foreign_keys=ON; PRAGMA cache_size=-{Cache};";

    /// <summary>Without EF's own functions for decimals and regular expressions, which nothing stored here needs.</summary>
    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(new Kept(open) { ConnectionString = eventData.ConnectionString });

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

    /// <summary>Closes all. The last one to be closed puts what stands in the write-ahead log into the file.</summary>
    public void Dispose()
    {
        foreach (var connection in open.Keys)
            connection.Dispose();
    }

    /// <summary>EF closes a connection after each question, and again when its context goes back to be kept, without asking an interceptor then.</summary>
    private sealed class Kept(ConcurrentDictionary<Kept, bool> open) : SqliteConnection
    {
        public override void Open()
        {
            base.Open();
            open.TryAdd(this, true);
            CommitFailPoints.Watch(this);
        }

        public override void Close()
        {
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                base.Close();
            open.TryRemove(this, out _);
            base.Dispose(disposing);
        }
    }
}
