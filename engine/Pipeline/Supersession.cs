using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Sources;

namespace GitOps.Triggers.Pipeline;

/// <summary>Watches, while something is built, whether the branch moves on. A mark alone proves nothing, since a push may be delivered twice: git is asked.</summary>
internal sealed partial class Supersession(GitMirrors mirrors, ConnectedRepository repository, BranchName branch, WorkContext work, ILogger<Supersession> logger)
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

    /// <summary>When git cannot say, whatever the reason, the build goes on: the pass that follows looks again.</summary>
    private async Task<bool> HasMovedAsync(CommitSha commit, CancellationToken ct)
    {
        try
        {
            return await mirrors.HeadAsync(repository, branch, ct) is StageResult<BranchHead>.Done(var head) && head.Commit != commit;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            NotLookedAt(repository.Name, branch.Value, failure);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Repository}: whether {Branch} has moved on could not be found out; what is built is built to its end.")]
    private partial void NotLookedAt(string repository, string branch, Exception failure);
}
