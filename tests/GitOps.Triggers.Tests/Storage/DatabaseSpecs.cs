using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace GitOps.Triggers.Tests.Storage;

public sealed class DatabaseSpecs : IDisposable
{
    private readonly TempFolder data = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_engine_that_was_killed_while_it_migrated_does_not_keep_the_next_one_waiting()
    {
        using (var killed = new Database(data.Path))
        {
            await killed.OpenAsync(Ct);
            await using var context = killed.CreateDbContext();
            await context.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-03-04 12:00:00')", Ct);
        }

        using var next = new Database(data.Path);
        await next.OpenAsync(Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    [Fact]
    public async Task Only_what_can_be_made_again_waits_for_a_later_flush_and_only_in_its_own_context()
    {
        const int Normal = 1, Full = 2;
        using var database = new Database(data.Path);
        await database.OpenAsync(Ct);

        for (var round = 0; round < 2; round++)
        {
            await using (var deferring = database.CreateDeferringDbContext())
                Assert.Equal(Normal, await SynchronousAsync(deferring));
            await using var context = database.CreateDbContext();
            Assert.Equal(Full, await SynchronousAsync(context));
        }
    }

    [Fact]
    public async Task The_questions_that_follow_find_the_connection_open()
    {
        using var database = new Database(data.Path);
        await database.OpenAsync(Ct);
        await using (var first = database.CreateDbContext())
            await first.Database.ExecuteSqlRawAsync("CREATE TEMP TABLE mine (x)", Ct);

        await using var second = database.CreateDbContext();

        Assert.Equal(0, await second.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM mine").SingleAsync(Ct));
    }

    [Fact]
    public async Task A_clean_end_leaves_everything_in_one_file()
    {
        using (var database = new Database(data.Path))
        {
            await database.OpenAsync(Ct);
            Assert.True(File.Exists(database.File + "-wal"));
        }

        Assert.Equal(["engine.db"], Directory.GetFiles(data.Path).Select(Path.GetFileName));
    }

    private static Task<int> SynchronousAsync(EngineDbContext context) =>
        context.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync(Ct);

    public void Dispose() => data.Dispose();
}
