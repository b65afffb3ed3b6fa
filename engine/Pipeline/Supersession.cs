using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Sources;

namespace GitOps.Triggers.Pipeline;

/// <summary>Watches, while something is built, whether the branch moves on. A mark alone proves nothing, since a push may be delivered twice: git is asked.</summary>
internal sealed class Supersession(GitMirrors mirrors, ConnectedRepository repository, BranchName branch, WorkContext work)
{
    /// <returns>A watch whose token is cancelled once the branch's head is another commit than this one.</returns>
    public SupersessionWatch Watch(CommitSha commit, CancellationToken ct) => new(watching => UntilMovedAsync(commit, watching), ct);

    private async Task UntilMovedAsync(CommitSha commit, CancellationToken ct)
    {
        while (true)
        {
            await work.MarkedAgainAsync(ct);
            if (await HasMovedAsync(commit, ct))
                return;
        }
    }

    /// <summary>When git cannot say, the build goes on: the pass that follows looks again.</summary>
    private async Task<bool> HasMovedAsync(CommitSha commit, CancellationToken ct)
    {
        try
        {
            return await mirrors.HeadAsync(repository, branch, ct) is StageResult<BranchHead>.Done(var head) && head.Commit != commit;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
