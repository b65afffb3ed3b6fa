using System.Collections.Concurrent;
using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>
/// The mirrors of all connected repositories, <c>mirrors/ID.git</c> in the data folder. The data folder belongs to one engine.
/// Fetches end as Done, Retry (network, time, a lock) or Rejected (not found, refused, over the limit).
/// </summary>
internal sealed class GitMirrors(EngineConfiguration configuration, SecretVault secrets, TimeProvider time, ILogger<GitMirrors> logger) : IDisposable
{
    private const string Suffix = ".git";

    private readonly ConcurrentDictionary<RepositoryId, GitMirror> mirrors = new();
    private readonly GitRemote remote = new(configuration, secrets, time);

    private string Folder => Path.Combine(configuration.DataFolder, "mirrors");

    /// <summary>Fetches, and says where the branch is now.</summary>
    public Task<StageResult<BranchHead>> HeadAsync(ConnectedRepository repository, BranchName branch, CancellationToken ct) => HeadAsync(repository, branch, null, ct);

    /// <summary>As above; but a fetch that began after this time stamp does, so that the passes of a push to several branches, or of a look at everything, share one.</summary>
    public async Task<StageResult<BranchHead>> HeadAsync(ConnectedRepository repository, BranchName branch, long? since, CancellationToken ct)
    {
        var mirror = Of(repository);
        if (await mirror.FetchAsync(repository, since, ct) is { } failure)
            return failure.As<BranchHead>();
        return await mirror.ReadAsync<BranchHead>(repository, git => new StageResult<BranchHead>.Done(Head(git, branch)), ct);
    }

    /// <summary>Asks the remote for all its branches without fetching anything: cheap enough for a resync. Names that are no <see cref="BranchName"/> are left out.</summary>
    public async Task<StageResult<IReadOnlyDictionary<BranchName, CommitSha>>> RemoteHeadsAsync(ConnectedRepository repository, CancellationToken ct)
    {
        var (heads, failure) = await remote.ListHeadsAsync(repository, Of(repository).Path, ct);
        return failure is null
            ? new StageResult<IReadOnlyDictionary<BranchName, CommitSha>>.Done(RemoteHeads.Parse(heads))
            : failure.As<IReadOnlyDictionary<BranchName, CommitSha>>();
    }

    /// <summary>Reads objects of what was fetched. An object that only a damaged mirror lacks ends as Retry.</summary>
    public Task<StageResult<T>> ReadAsync<T>(ConnectedRepository repository, Func<Git.Repository, StageResult<T>> read, CancellationToken ct) =>
        Of(repository).ReadAsync(repository, read, ct);

    /// <summary>Throws away the mirrors of all repositories but these. One that is asked for meanwhile is fetched again.</summary>
    public async Task DiscardUnlessAsync(Func<RepositoryId, bool> isKept, CancellationToken ct)
    {
        if (!Directory.Exists(Folder))
            return;
        foreach (var path in Directory.EnumerateDirectories(Folder, "*" + Suffix).ToList())
        {
            if (RepositoryId.TryParse(Path.GetFileName(path)[..^Suffix.Length], out var id) && !isKept(id))
                await Of(id).DiscardAsync(ct);
        }
    }

    public void Dispose()
    {
        foreach (var mirror in mirrors.Values)
            mirror.Dispose();
    }

    private static BranchHead Head(Git.Repository git, BranchName branch) =>
        new(git.Refs[branch.Reference]?.ResolveToDirectReference()?.TargetIdentifier is { } sha ? CommitSha.Parse(sha) : null);

    private GitMirror Of(ConnectedRepository repository) => Of(repository.Id);

    private GitMirror Of(RepositoryId repository) => mirrors.GetOrAdd(repository, id =>
    {
        var folder = new MirrorFolder(Path.Combine(Folder, id.Value + Suffix));
        return new GitMirror(folder, remote, new MirrorCare(folder, configuration.Limits, time), time, logger);
    });
}
