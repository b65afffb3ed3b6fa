using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

internal sealed class QueueQuery(IDbContextFactory<EngineDbContext> contexts)
{
    public async Task<QueueDepth> ReadAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var context = await contexts.CreateDbContextAsync(ct);
        var due = context.Work.Where(item => item.DueAt <= now);
        return new QueueDepth(await due.CountAsync(ct), await due.MinAsync(item => (DateTimeOffset?)item.DueAt, ct));
    }
}
