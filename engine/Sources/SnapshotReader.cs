using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>Reads every <c>trigger.yaml</c> of a commit from git's objects. Nothing is checked out, so nothing can point outside.</summary>
internal sealed class SnapshotReader(GitMirrors mirrors, EngineConfiguration configuration)
{
    public Task<StageResult<SourceSnapshot>> ReadAsync(ConnectedRepository repository, BranchName branch, CommitSha commit, CancellationToken ct) =>
        mirrors.ReadAsync(repository, git => Read(git, branch, commit, ct), ct);

    private StageResult<SourceSnapshot> Read(Git.Repository git, BranchName branch, CommitSha sha, CancellationToken ct)
    {
        if (CommitObject.Find(git, sha) is not { } commit)
            return CommitObject.Gone<SourceSnapshot>(sha);
        var search = new ManifestSearch(git, configuration.Limits, ct);
        search.Run(commit.Tree);
        return new StageResult<SourceSnapshot>.Done(new SourceSnapshot
        {
            Branch = branch,
            Commit = sha,
            CommittedAt = commit.Committer.When,
            Subject = Shown.Text(commit.MessageShort),
            Manifests = search.Manifests,
            Findings = search.Findings,
        });
    }
}
