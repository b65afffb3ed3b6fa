using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>One repository's mirror: one git command at a time, any number of readers.</summary>
internal sealed partial class GitMirror(MirrorFolder folder, GitRemote remote, MirrorCare care, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private long begun;
    private (long Number, GitFailure? Failure) last;
    private long? fetched;

    public string Path => folder.Path;

    /// <summary>Brings the mirror up to date; none: it is. Those that ask while a fetch is under way share the next one, and its failure.</summary>
    /// <param name="repository">Where from.</param>
    /// <param name="since">A fetch that began after this time stamp and went well is enough; none: only one that begins now.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<GitFailure?> FetchAsync(ConnectedRepository repository, long? since, CancellationToken ct)
    {
        var begunBefore = Volatile.Read(ref begun);
        await gate.WaitAsync(ct);
        try
        {
            if (fetched > since)
                return null;
            if (last.Number <= begunBefore)
                last = (Interlocked.Increment(ref begun), await FetchNowAsync(repository, ct));
            return last.Failure;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Reads objects on a thread of its own. An unreadable object is the mirror's fault until git itself has looked at it.</summary>
    public async Task<StageResult<T>> ReadAsync<T>(ConnectedRepository repository, Func<Git.Repository, StageResult<T>> read, CancellationToken ct)
    {
        try
        {
            return await OpenAsync(read, ct);
        }
        catch (Git.LibGit2SharpException unreadable)
        {
            LogUnreadable(repository.Id, unreadable);
        }
        if (await DiscardIfDamagedAsync(repository, ct))
            return new StageResult<T>.Retry(null, $"{GitFailures.Named(repository)}: its mirror was damaged and will be cloned again.");
        try
        {
            return await OpenAsync(read, ct);
        }
        catch (Git.LibGit2SharpException unreadable)
        {
            return GitFailures.Unreadable(repository, unreadable.Message).As<T>();
        }
    }

    public async Task DiscardAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            folder.Discard();
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private Task<StageResult<T>> OpenAsync<T>(Func<Git.Repository, StageResult<T>> read, CancellationToken ct) => Task.Run(
        () =>
        {
            using var repository = new Git.Repository(folder.Path);
            return read(repository);
        },
        ct);

    private async Task<GitFailure?> FetchNowAsync(ConnectedRepository repository, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        fetched = null;
        var failure = await FetchOrCloneAsync(repository, ct);
        fetched = failure is null ? began : null;
        return failure;
    }

    private async Task<GitFailure?> FetchOrCloneAsync(ConnectedRepository repository, CancellationToken ct)
    {
        var made = folder.Prepare();
        var failure = await remote.FetchAsync(repository, folder, ct);
        if (failure is { Kind: GitFailureKind.Unclear } && folder.RemoveLocks())
            failure = await remote.FetchAsync(repository, folder, ct);
        if (!made && await MayBeOursAsync(repository, failure, ct))
        {
            LogCloningAgain(repository.Id, failure!.Message);
            folder.Discard();
            folder.Prepare();
            failure = await remote.FetchAsync(repository, folder, ct);
        }
        if (failure is { Kind: GitFailureKind.TooLarge })
            folder.Discard();
        else if (failure is not null)
            folder.RemoveLeftovers();
        if (failure is null)
            await care.TidyAsync(repository, ct);
        return failure;
    }

    /// <summary>Whether a fresh clone may fare better: the mirror is damaged, or full of what force pushes left.</summary>
    private async Task<bool> MayBeOursAsync(ConnectedRepository repository, GitFailure? failure, CancellationToken ct) => failure?.Kind switch
    {
        GitFailureKind.TooLarge => true,
        GitFailureKind.Unclear => !await care.IsSoundAsync(repository, ct),
        _ => false,
    };

    private async Task<bool> DiscardIfDamagedAsync(ConnectedRepository repository, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (await care.IsSoundAsync(repository, ct))
                return false;
            folder.Discard();
            fetched = null;
            return true;
        }
        finally
        {
            gate.Release();
        }
    }
}
