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
        await new Database(data.Path).OpenAsync(Ct);
        await using (var context = new Database(data.Path).CreateDbContext())
            await context.Database.ExecuteSqlRawAsync("INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-03-04 12:00:00')", Ct);

        await new Database(data.Path).OpenAsync(Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    public void Dispose() => data.Dispose();
}
