using GitOps.Triggers.Domain;
using Git = LibGit2Sharp;

namespace GitOps.Triggers.Sources;

/// <summary>Reads every <c>trigger.yaml</c> of a commit from git's objects. Nothing is checked out, so nothing can point outside.</summary>
internal sealed class SnapshotReader(GitMirrors mirrors, EngineConfiguration configuration)
{
    public Task<StageResult<SourceSnapshot>> ReadAsync(ConnectedRepository repository, CommitSha commit, CancellationToken ct) =>
        mirrors.ReadAsync(repository, git => CommitObject.Open(git, commit).Select(found => Read(git, found, ct)), ct);

    private SourceSnapshot Read(Git.Repository git, Git.Commit commit, CancellationToken ct)
    {
        var search = new ManifestSearch(git, configuration.Limits, ct);
        search.Run(commit.Tree);
        return new SourceSnapshot
        {
            Commit = CommitSha.Parse(commit.Sha),
            Manifests = search.Manifests,
            Findings = search.Findings,
        };
    }
}
