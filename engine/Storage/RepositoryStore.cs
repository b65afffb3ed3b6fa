using System.Collections.Frozen;
using GitOps.Triggers.Domain;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Storage;

/// <summary>The connected repositories: those of <c>engine.yaml</c> and those that were connected while the engine ran.</summary>
internal sealed class RepositoryStore(IDbContextFactory<EngineDbContext> contexts, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim oneChange = new(1, 1);

    private volatile IReadOnlyList<ConnectedRepository> current = [];
    private volatile IReadOnlyList<RetiredRepository> retired = [];
    private volatile FrozenDictionary<RepositoryId, ConnectedRepository> currentById = FrozenDictionary<RepositoryId, ConnectedRepository>.Empty;
    private volatile FrozenDictionary<RepositoryId, RetiredRepository> retiredById = FrozenDictionary<RepositoryId, RetiredRepository>.Empty;

    /// <summary>As of the last <see cref="SyncAsync"/> or <see cref="ConnectAsync"/>, by name. Another list whenever something changed.</summary>
    public IReadOnlyList<ConnectedRepository> Current => current;

    /// <summary>Those that were connected once and are not now.</summary>
    public IReadOnlyList<RetiredRepository> Retired => retired;

    public ConnectedRepository? Find(RepositoryId id) => currentById.GetValueOrDefault(id);

    /// <summary>One that was connected once and is not now.</summary>
    public RetiredRepository? FindRetired(RepositoryId id) => retiredById.GetValueOrDefault(id);

    /// <summary>For people; its id when it was never connected.</summary>
    public string NameOf(RepositoryId id) => Find(id)?.Name ?? FindRetired(id)?.Name ?? id.Value;

    /// <summary>Makes the configured ones match <c>engine.yaml</c>; those connected otherwise stay, those that left it are retired. To be called once, at start.</summary>
    /// <returns>Errors that keep that from being done, so that nothing was changed; or warnings about what was done.</returns>
    public async Task<IReadOnlyList<Finding>> SyncAsync(IReadOnlyList<RepositorySettings> configured, CancellationToken ct)
    {
        using var change = await OneChangeAsync(ct);
        await using var context = await contexts.CreateDbContextAsync(ct);
        var stored = await context.Repositories.ToListAsync(ct);
        var gone = await context.Retired.ToListAsync(ct);
        var now = time.GetUtcNow();
        var (wanted, findings) = RepositoryChanges.Wanted(configured, stored, gone, now);
        if (findings.Any(finding => finding.Severity == Severity.Error))
            return findings;
        var kept = wanted.Select(row => row.Id).ToHashSet();
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        // Out first, then in: two of them may have exchanged their names.
        var leaving = stored.Except(wanted).Select(row => row.Id).ToList();
        await context.Repositories.Where(row => leaving.Contains(row.Id)).ExecuteDeleteAsync(ct);
        await context.Retired.Where(row => kept.Contains(row.Id)).ExecuteDeleteAsync(ct);
        context.Repositories.AddRange(wanted.Except(stored));
        var retiring = stored.Where(row => !kept.Contains(row.Id)).Select(row => RetiredRepository.Of(row, takeDown: false, now)).ToList();
        context.Retired.AddRange(retiring);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Show(wanted, [.. gone.Where(row => !kept.Contains(row.Id)), .. retiring]);
        return findings;
    }

    /// <summary>Connects one more. When it is connected already, what the settings leave out stays as it was.</summary>
    /// <returns><c>Done</c> or <c>Rejected</c>.</returns>
    public async Task<StageResult<ConnectedRepository>> ConnectAsync(RepositorySettings settings, CancellationToken ct)
    {
        using var change = await OneChangeAsync(ct);
        await using var context = await contexts.CreateDbContextAsync(ct);
        var stored = await context.Repositories.ToListAsync(ct);
        var result = RepositoryChanges.Connect(settings, stored, retired, time.GetUtcNow());
        if (result is not StageResult<ConnectedRepository>.Done { Value: var connected } || stored.Contains(connected))
            return result;
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await context.Retired.Where(row => row.Id == connected.Id).ExecuteDeleteAsync(ct);
        if (stored.Any(row => row.Id == connected.Id))
            context.Repositories.Update(connected);
        else
            context.Repositories.Add(connected);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Show([.. stored.Where(row => row.Id != connected.Id), connected], [.. retired.Where(row => row.Id != connected.Id)]);
        return result;
    }

    /// <summary>Retires a repository that was connected while the engine ran, or says anew what becomes of a retired one's deployments.</summary>
    /// <returns><c>Done</c>; <c>Rejected</c> when it stands in <c>engine.yaml</c>; <c>Skipped</c> when there is none of this name.</returns>
    public async Task<StageResult<RetiredRepository>> DisconnectAsync(string name, bool takeDown, CancellationToken ct)
    {
        using var change = await OneChangeAsync(ct);
        var connected = current.SingleOrDefault(row => row.Name == name);
        if (connected is not null && RepositoryChanges.Disconnect(connected) is { } refusal)
            return new StageResult<RetiredRepository>.Rejected([refusal]);
        var retiring = connected is not null
            ? RetiredRepository.Of(connected, takeDown, time.GetUtcNow())
            : retired.FirstOrDefault(row => row.Name == name) is { } before ? before with { TakeDown = takeDown } : null;
        if (retiring is null)
            return new StageResult<RetiredRepository>.Skipped("no such repository");
        await using var context = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await context.Repositories.Where(row => row.Id == retiring.Id).ExecuteDeleteAsync(ct);
        await context.Retired.Where(row => row.Id == retiring.Id).ExecuteDeleteAsync(ct);
        context.Retired.Add(retiring);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Show(current.Where(row => row.Id != retiring.Id), [.. retired.Where(row => row.Id != retiring.Id), retiring]);
        return new StageResult<RetiredRepository>.Done(retiring);
    }

    public void Dispose() => oneChange.Dispose();

    private void Show(IEnumerable<ConnectedRepository> connected, IReadOnlyList<RetiredRepository> gone)
    {
        retired = gone;
        retiredById = gone.ToFrozenDictionary(repository => repository.Id);
        current = [.. connected.OrderBy(repository => repository.Name, StringComparer.Ordinal)];
        currentById = current.ToFrozenDictionary(repository => repository.Id);
    }

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
