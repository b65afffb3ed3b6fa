using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

internal static class CommitObject
{
    /// <summary>None when a force push or a new clone took the commit out of the mirror.</summary>
    public static Git.Commit? Find(Git.Repository git, CommitSha sha) =>
        Git.ObjectId.TryParse(sha.Value, out var id) ? git.Lookup(id) as Git.Commit : null;

    /// <summary>The next pass reads the branch anew.</summary>
    public static StageResult<T> Gone<T>(CommitSha sha) => new StageResult<T>.Retry(null, $"commit {sha.Short} is no longer in the mirror.");
}
