using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GitOps.Triggers.Storage;

/// <summary>
/// Sets what SQLite forgets between connections: a commit is on the disk when it returns (<c>synchronous=FULL</c>),
/// and a writer waits for another one instead of failing. Source: https://www.sqlite.org/pragma.html.
/// </summary>
internal sealed class SqliteSettings : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000; PRAGMA foreign_keys=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
