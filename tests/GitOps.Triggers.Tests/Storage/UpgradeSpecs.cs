using System.Collections;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace GitOps.Triggers.Tests.Storage;

/// <summary>Databases of earlier releases, as <c>sqlite3 engine.db .dump</c> wrote them: one file in <c>releases/</c> for each release that changed the database, never changed again.</summary>
public sealed class UpgradeSpecs : IDisposable
{
    private readonly TempFolder data = new();

    public static TheoryData<string> Releases => [.. Directory.GetFiles(Source.File("tests", "GitOps.Triggers.Tests", "Storage", "releases"), "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)!)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Releases))]
    public async Task The_database_of_an_earlier_release_is_brought_up_to_date_and_loses_nothing(string release)
    {
        var before = await CountsAsync(Restore(release));
        Assert.All(before.Where(table => !table.Key.StartsWith('_')), table => Assert.NotEqual(0, table.Value));
        using var fresh = new TempFolder();
        using var first = new Database(fresh.Path);
        await first.OpenAsync(Ct);
        using var database = new Database(data.Path);

        await database.OpenAsync(Ct);

        Assert.Equal(before, (await CountsAsync(database.File)).Where(table => before.ContainsKey(table.Key)));
        Assert.Equal(await SchemaAsync(first.File), await SchemaAsync(database.File));
        await using var context = database.CreateDbContext();
        // Each row is read as what it is now.
        foreach (var entity in context.Model.GetEntityTypes())
        {
            var rows = (IEnumerable)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(entity.ClrType).Invoke(context, [])!;
            Assert.NotEmpty(rows.Cast<object>().ToList());
        }
    }

    [Fact]
    public async Task What_was_going_on_in_the_first_release_goes_on()
    {
        Restore("0.1");
        using var database = new Database(data.Path);
        await database.OpenAsync(Ct);

        var (run, cronJob) = Assert.Single(await new RunStore(database).UnfinishedAsync(Ct));

        Assert.Equal(("job-4b04329b", RunState.Pending), (cronJob, run.State));
        Assert.Equal(["--full"], run.Args!);
        Assert.Equal("until the ledger is closed", Assert.Single(await new PauseStore(database).ListAsync(Ct)).Reason);
        Assert.Equal(["dev", "prod"], (await new DeploymentStore(database, TimeProvider.System).ListAsync(null, null, null, 10, Ct)).Select(row => row.Environment.Value).Order());
    }

    [Fact]
    public async Task A_database_of_a_newer_release_is_refused_with_words_and_left_as_it_is()
    {
        Restore("0.1");
        using var database = new Database(data.Path);
        await ExecuteAsync(database.File, "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_FromTheFuture', '99.0.0')");
        var before = await File.ReadAllBytesAsync(database.File, Ct);

        var refused = await Assert.ThrowsAsync<DatabaseTooNewException>(() => database.OpenAsync(Ct));

        Assert.Contains("29990101000000_FromTheFuture", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(database.File, Ct));
    }

    public void Dispose() => data.Dispose();

    private string Restore(string release)
    {
        var file = Database.FileIn(data.Path);
        ExecuteAsync(file, File.ReadAllText(Source.File("tests", "GitOps.Triggers.Tests", "Storage", "releases", release + ".sql"))).GetAwaiter().GetResult();
        return file;
    }

    private static async Task<SortedDictionary<string, long>> CountsAsync(string file)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in await ReadAsync(file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"))
            counts[table] = long.Parse(Assert.Single(await ReadAsync(file, $"SELECT COUNT(*) FROM \"{table}\"")), System.Globalization.CultureInfo.InvariantCulture);
        return counts;
    }

    /// <summary>Tables, columns and indexes, whatever white space their making left.</summary>
    private static async Task<IReadOnlyList<string>> SchemaAsync(string file) =>
        [.. (await ReadAsync(file, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name")).Select(sql => string.Join(' ', sql.Replace("IF NOT EXISTS ", "", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];

    private static async Task<IReadOnlyList<string>> ReadAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<string>();
        while (await reader.ReadAsync(Ct))
            rows.Add(reader.GetValue(0).ToString()!);
        return rows;
    }

    private static async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }
}
