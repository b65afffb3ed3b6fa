using GitOps.Triggers.Sources;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Takes away the mirrors of repositories that are no longer connected. They come back from git, and each may hold gigabytes.</summary>
internal sealed class MirrorRemoval(GitMirrors mirrors, RepositoryStore repositories)
{
    public Task RemoveAsync(CancellationToken ct) => mirrors.DiscardUnlessAsync(id => repositories.Find(id) is not null, ct);
}
