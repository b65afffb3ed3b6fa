using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Tests.Intake;

/// <summary>
/// The database's files as they are at one moment, with a writer at work: what a killed process leaves. While a reader is open, the WAL
/// only grows, and whatever of it is copied into the database file stands in both, so that a plain copy, database first, is such a state.
/// </summary>
internal sealed class CrashImage : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Database database;

    private CrashImage() => database = new Database(folder.Path);

    /// <summary>What must be found in it.</summary>
    public HashSet<string> Expected { get; private set; } = [];

    public static async Task<CrashImage> TakeAsync(Database running, Func<HashSet<string>> acknowledged)
    {
        var image = new CrashImage();
        await using var context = running.CreateDbContext();
        await context.Database.OpenConnectionAsync();
        await context.Database.ExecuteSqlRawAsync("BEGIN");
        _ = await context.Deliveries.AnyAsync();
        image.Expected = acknowledged();
        File.Copy(running.File, image.database.File);
        File.Copy(running.File + "-wal", image.database.File + "-wal");
        await context.Database.ExecuteSqlRawAsync("ROLLBACK");
        return image;
    }

    /// <summary>Of an engine that is dead: a copy, so that looking into it changes nothing of what the next one finds.</summary>
    public static CrashImage Of(string dataFolder)
    {
        var image = new CrashImage();
        foreach (var file in Directory.EnumerateFiles(dataFolder, "engine.db*"))
            File.Copy(file, Path.Combine(image.folder.Path, Path.GetFileName(file)));
        return image;
    }

    public EngineDbContext Open() => database.CreateDbContext();

    public async Task<string> IntegrityAsync()
    {
        await using var context = database.CreateDbContext();
        return (await context.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync()).Single();
    }

    public async Task<HashSet<string>> GuidsAsync()
    {
        await using var context = database.CreateDbContext();
        return [.. await context.Deliveries.Select(row => row.Guid).ToListAsync()];
    }

    public Task<IReadOnlyList<WorkItem>> WorkAsync() => new WorkStore(database).ListAsync(CancellationToken.None);

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }
}
