using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>Asks a repository's remote for its branches, as <c>git ls-remote</c> does.</summary>
/// <returns>Done, Rejected when somebody must change something first, or Retry.</returns>
internal delegate Task<StageResult<IReadOnlyDictionary<BranchName, CommitSha>>> HeadsQuestion(ConnectedRepository repository, CancellationToken ct);
