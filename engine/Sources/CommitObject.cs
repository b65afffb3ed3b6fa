using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>
/// Commits and folders are loaded whole, and their size is their author's choice: it is asked for first, from the object's header.
/// </summary>
internal static class CommitObject
{
    private const long CommitBytes = 1 << 20;

    /// <summary>More than 300,000 entries in one folder.</summary>
    private const long FolderBytes = 16 << 20;

    /// <summary>The commit and its root folder are safe to load. Retry: a force push or a new clone took the commit out of the mirror.</summary>
    public static StageResult<Git.Commit> Open(Git.Repository git, CommitSha sha)
    {
        if (!Git.ObjectId.TryParse(sha.Value, out var id) || !git.ObjectDatabase.Contains(id))
            return new StageResult<Git.Commit>.Retry(null, $"commit {sha.Short} is no longer in the mirror.");
        if (BlobContent.Size(git, id) > CommitBytes)
            return Refused(sha, "has a message of more than 1 MiB");
        var commit = git.Lookup(id) as Git.Commit ?? throw new Git.LibGit2SharpException($"{sha} is not a commit");
        return MayOpen(git, commit.Tree.Id) ? new StageResult<Git.Commit>.Done(commit) : Refused(sha, "has a root folder of more than 16 MiB of names");
    }

    public static bool MayOpen(Git.Repository git, Git.ObjectId tree) => BlobContent.Size(git, tree) <= FolderBytes;

    private static StageResult<Git.Commit> Refused(CommitSha sha, string what) => new StageResult<Git.Commit>.Rejected(
        [new Finding { File = ManifestSearch.FileName, Message = $"commit {sha.Short} {what} and is not read.", Fix = "Commit without it." }]);
}
