using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>The database file: made on first use, brought up to this version's form, refused when a newer version made it.</summary>
internal sealed class Database(string dataFolder) : IDbContextFactory<EngineDbContext>
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DbContextOptions<EngineDbContext> options = Options(Path.Combine(dataFolder, "engine.db"));

    public string File { get; } = Path.Combine(dataFolder, "engine.db");

    public EngineDbContext CreateDbContext() => new(options);

    /// <exception cref="DatabaseTooNewException">A newer engine has changed the file.</exception>
    public async Task OpenAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(dataFolder);
        // SQLite gives its -wal and -shm files the mode of the database file.
        await using (new FileStream(File, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = OwnerOnly }))
        {
        }

        await using var context = CreateDbContext();
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

    private static DbContextOptions<EngineDbContext> Options(string file) => new DbContextOptionsBuilder<EngineDbContext>()
        .UseSqlite($"Data Source={file};Pooling=True")
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .AddInterceptors(new SqliteSettings())
        .Options;
}
