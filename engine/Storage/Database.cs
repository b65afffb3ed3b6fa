using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace GitOps.Triggers.Storage;

/// <summary>The database file: made on first use, brought up to this version's form, refused when a newer version made it.</summary>
internal sealed class Database : IDbContextFactory<EngineDbContext>, IDisposable
{
    /// <summary>Contexts with their connections that are kept for the next ones: as many as there are passes and requests at a time, usually.</summary>
    private const int KeptContexts = 8;

    /// <summary>Ids in one question; SQLite takes some ten thousand.</summary>
    public const int IdsAtOnce = 1_000;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string dataFolder;
    private readonly SqliteConnections full = new("FULL");
    private readonly SqliteConnections normal = new("NORMAL");
    // A context costs more than most of the questions that it is made for.
    private readonly PooledDbContextFactory<EngineDbContext> contexts;
    private readonly PooledDbContextFactory<EngineDbContext> deferring;

    public Database(string dataFolder)
    {
        this.dataFolder = dataFolder;
        File = FileIn(dataFolder);
        (contexts, deferring) = (Contexts(File, full), Contexts(File, normal));
    }

    public string File { get; }

    public static string FileIn(string dataFolder) => Path.Combine(dataFolder, "engine.db");

    /// <summary>What it writes is on the disk when the write returns.</summary>
    public EngineDbContext CreateDbContext() => contexts.CreateDbContext();

    /// <summary>
    /// What it writes is on the disk only with the next write that must be: for what can be made again. The order of writes stays, and nothing is lost by
    /// the end of the process alone. Source: https://www.sqlite.org/pragma.html#pragma_synchronous.
    /// </summary>
    public EngineDbContext CreateDeferringDbContext() => deferring.CreateDbContext();

    /// <exception cref="DatabaseTooNewException">A newer engine has changed the file.</exception>
    /// <exception cref="DatabaseDamagedException">Parts of the file are not what SQLite wrote.</exception>
    public async Task OpenAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(dataFolder);
        // SQLite gives its -wal and -shm files the mode of the database file.
        await using (new FileStream(File, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = OwnerOnly }))
        {
        }

        await using var context = CreateDbContext();
        // Reads all of the file once: a page that broke meanwhile is not found out by the first trigger that needs it.
        var found = await context.Database.SqlQueryRaw<string>("PRAGMA quick_check(1)").ToListAsync(ct);
        if (found is not ["ok"])
            throw new DatabaseDamagedException(File, found.FirstOrDefault() ?? "it cannot be checked");
        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var unknown = (await context.Database.GetAppliedMigrationsAsync(ct)).FirstOrDefault(applied => !known.Contains(applied));
        if (unknown is not null)
            throw new DatabaseTooNewException(File, unknown);
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", ct);
        await ReleaseAsync(context, ct);
        await context.Database.MigrateAsync(ct);
    }

    /// <summary>
    /// Migrating takes a lock that is a row, and an engine that was killed meanwhile leaves it behind: the next one would wait for ever. Nobody else
    /// can hold it, since an engine has its data folder to itself.
    /// </summary>
    /// <seealso href="https://learn.microsoft.com/ef/core/providers/sqlite/limitations#concurrent-migrations-protection"/>
    private static async Task ReleaseAsync(EngineDbContext context, CancellationToken ct)
    {
        var isThere = await context.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(ct);
        if (isThere > 0)
            await context.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock;", ct);
    }

    public void Dispose()
    {
        full.Dispose();
        normal.Dispose();
    }

    private static PooledDbContextFactory<EngineDbContext> Contexts(string file, SqliteConnections connections) => new(
        new DbContextOptionsBuilder<EngineDbContext>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = (int)SqliteConnections.Patience.TotalSeconds }.ToString())
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(connections)
            .Options,
        KeptContexts);
}
