using System.Data.Common;

namespace GitOps.Triggers.Storage;

/// <summary>One statement that is executed many times: the connection compiles it once.</summary>
internal sealed class PreparedCommand : IAsyncDisposable
{
    private readonly DbCommand command;
    private readonly DbParameter[] parameters;

    public PreparedCommand(DbConnection connection, string sql, params ReadOnlySpan<string> names)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        parameters = new DbParameter[names.Length];
        for (var index = 0; index < names.Length; index++)
        {
            parameters[index] = command.CreateParameter();
            parameters[index].ParameterName = names[index];
            command.Parameters.Add(parameters[index]);
        }
    }

    /// <param name="transaction">The one that is open on the connection.</param>
    /// <param name="ct">Cancels before the statement, not within it.</param>
    /// <param name="values">In the order of the names.</param>
    public async Task ExecuteAsync(DbTransaction transaction, object?[] values, CancellationToken ct)
    {
        command.Transaction = transaction;
        for (var index = 0; index < parameters.Length; index++)
            parameters[index].Value = values[index] ?? DBNull.Value;
        await command.ExecuteNonQueryAsync(ct);
    }

    public ValueTask DisposeAsync() => command.DisposeAsync();
}
