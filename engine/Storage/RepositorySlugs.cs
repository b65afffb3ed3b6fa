using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>The names of repositories as folders are called by them.</summary>
internal sealed class RepositorySlugs(IDbContextFactory<EngineDbContext> contexts)
{
    /// <summary>A repository that is not connected any more goes by its id: its last runs may still go on.</summary>
    public async Task<string> OfAsync(RepositoryId id, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        return (await context.Repositories.SingleOrDefaultAsync(row => row.Id == id, ct))?.Repository.Slug ?? id.Value;
    }
}
