using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>The connected repositories: those of <c>engine.yaml</c> and those that were connected while the engine ran.</summary>
internal sealed class RepositoryStore(IDbContextFactory<EngineDbContext> contexts, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim oneChange = new(1, 1);

    private volatile IReadOnlyList<ConnectedRepository> current = [];

    /// <summary>As of the last <see cref="SyncAsync"/> or <see cref="ConnectAsync"/>, by name. Another list whenever something changed.</summary>
    public IReadOnlyList<ConnectedRepository> Current => current;

    public ConnectedRepository? Find(RepositoryId id) => current.FirstOrDefault(repository => repository.Id == id);

    /// <summary>Makes the configured ones match <c>engine.yaml</c>; those connected otherwise stay. To be called once, at start.</summary>
    /// <returns>What keeps that from being done; then nothing was changed.</returns>
    public async Task<IReadOnlyList<Finding>> SyncAsync(IReadOnlyList<RepositorySettings> configured, CancellationToken ct)
    {
        using var change = await OneChangeAsync(ct);
        await using var context = await contexts.CreateDbContextAsync(ct);
        var stored = await context.Repositories.ToListAsync(ct);
        var (wanted, findings) = RepositoryChanges.Wanted(configured, stored, time.GetUtcNow());
        if (findings.Count > 0)
            return findings;
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        // Out first, then in: two of them may have exchanged their names.
        var leaving = stored.Except(wanted).Select(row => row.Id).ToList();
        await context.Repositories.Where(row => leaving.Contains(row.Id)).ExecuteDeleteAsync(ct);
        context.Repositories.AddRange(wanted.Except(stored));
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Show(wanted);
        return [];
    }

    /// <summary>Connects one more. When it is connected already, what the settings leave out stays as it was.</summary>
    /// <returns><c>Done</c> or <c>Rejected</c>.</returns>
    public async Task<StageResult<ConnectedRepository>> ConnectAsync(RepositorySettings settings, CancellationToken ct)
    {
        using var change = await OneChangeAsync(ct);
        await using var context = await contexts.CreateDbContextAsync(ct);
        var stored = await context.Repositories.ToListAsync(ct);
        var result = RepositoryChanges.Connect(settings, stored, time.GetUtcNow());
        if (result is not StageResult<ConnectedRepository>.Done { Value: var connected } || stored.Contains(connected))
            return result;
        if (stored.Any(row => row.Id == connected.Id))
            context.Repositories.Update(connected);
        else
            context.Repositories.Add(connected);
        await context.SaveChangesAsync(ct);
        Show([.. stored.Where(row => row.Id != connected.Id), connected]);
        return result;
    }

    public void Dispose() => oneChange.Dispose();

    private void Show(IEnumerable<ConnectedRepository> repositories) =>
        current = [.. repositories.OrderBy(repository => repository.Name, StringComparer.Ordinal)];

    private async Task<IDisposable> OneChangeAsync(CancellationToken ct)
    {
        await oneChange.WaitAsync(ct);
        return new Release(oneChange);
    }

    private sealed class Release(SemaphoreSlim held) : IDisposable
    {
        public void Dispose() => held.Release();
    }
}
