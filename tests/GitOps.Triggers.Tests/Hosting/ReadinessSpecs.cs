using GitOps.Triggers.Hosting;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Hosting;

/// <summary>An engine says that it is ready exactly when it would store a delivery.</summary>
public sealed class ReadinessSpecs : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task An_engine_that_can_store_is_ready_and_nothing_is_left_of_the_trial()
    {
        var (readiness, database) = await StartAsync(folder.Path);

        Assert.Null(await readiness.ProblemAsync(Ct));
        Assert.Empty(await new DeliveryStore(database).ListAsync(10, Ct));
    }

    [Fact]
    [Threat(35)]
    public async Task An_engine_that_can_read_and_not_write_is_not_ready_and_says_why()
    {
        var (readiness, database) = await StartAsync(folder.Path);
        using var connection = Open(database);
        Execute(connection, "CREATE TRIGGER refuse BEFORE INSERT ON deliveries BEGIN SELECT RAISE(ABORT, 'nothing can be stored'); END");

        Assert.Contains("nothing can be stored", await readiness.ProblemAsync(Ct), StringComparison.Ordinal);

        Execute(connection, "DROP TRIGGER refuse");
        time.Advance(Readiness.Fresh);
        Assert.Null(await readiness.ProblemAsync(Ct));
    }

    [Fact]
    [Threat(35)]
    public async Task A_full_disk_is_found_and_so_is_room_on_it()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 2);
        var (readiness, _) = await StartAsync(disk.Path);
        disk.Fill();

        Assert.Contains("full", await readiness.ProblemAsync(Ct), StringComparison.Ordinal);

        disk.MakeRoom();
        time.Advance(Readiness.Fresh);
        Assert.Null(await readiness.ProblemAsync(Ct));
    }

    [Fact]
    public async Task A_database_that_is_held_by_another_makes_nobody_wait_for_long()
    {
        var (readiness, database) = await StartAsync(folder.Path);
        using var connection = Open(database);
        Execute(connection, "BEGIN IMMEDIATE");

        var answer = readiness.ProblemAsync(Ct);
        time.Advance(TimeSpan.FromSeconds(4));

        Assert.Contains("did not store in time", await answer, StringComparison.Ordinal);
        Execute(connection, "ROLLBACK");
        await Eventually.HoldsAsync("it is ready again", async () => await readiness.ProblemAsync(Ct) is null);
    }

    [Fact]
    public async Task However_many_ask_the_disk_is_written_once_in_a_while()
    {
        var (readiness, database) = await StartAsync(folder.Path);
        using var connection = Open(database);
        await readiness.ProblemAsync(Ct);
        var commits = DataVersion(connection);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => readiness.ProblemAsync(Ct)));

        Assert.Equal(commits, DataVersion(connection));
        time.Advance(Readiness.Fresh);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => readiness.ProblemAsync(Ct)));
        Assert.NotEqual(commits, DataVersion(connection));
    }

    public void Dispose() => folder.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(Readiness Readiness, Database Database)> StartAsync(string data)
    {
        var database = new Database(data);
        await database.OpenAsync(Ct);
        return (new Readiness(new DeliveryRehearsal(database), time), database);
    }

    private static SqliteConnection Open(Database database)
    {
        var connection = new SqliteConnection($"Data Source={database.File};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Another number after each commit of another connection. Source: https://www.sqlite.org/pragma.html#pragma_data_version.</summary>
    private static long DataVersion(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        return (long)command.ExecuteScalar()!;
    }
}
