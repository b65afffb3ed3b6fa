using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>The names of repositories as folders are called by them.</summary>
internal sealed class RepositorySlugs(IDbContextFactory<EngineDbContext> contexts)
{
    /// <summary>Of one that is no longer connected, too: its last runs may still go on. One that was never connected goes by its id.</summary>
    public async Task<string> OfAsync(RepositoryId id, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var repository = (await context.Repositories.SingleOrDefaultAsync(row => row.Id == id, ct))?.Repository
            ?? (await context.Retired.SingleOrDefaultAsync(row => row.Id == id, ct))?.Repository;
        return repository?.Slug ?? id.Value;
    }
}
