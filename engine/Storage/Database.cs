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
        await context.Database.MigrateAsync(ct);
    }

    private static DbContextOptions<EngineDbContext> Options(string file) => new DbContextOptionsBuilder<EngineDbContext>()
        .UseSqlite($"Data Source={file};Pooling=True")
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .AddInterceptors(new SqliteSettings())
        .Options;
}
