using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>Asks a repository's remote for its branches, as <c>git ls-remote</c> does.</summary>
/// <returns>None when it could not be asked.</returns>
internal delegate Task<IReadOnlyDictionary<BranchName, CommitSha>?> RemoteHeads(ConnectedRepository repository, CancellationToken ct);
