using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>What a branch points at after a fetch. <paramref name="Commit"/> is none when the repository has no such branch (any more).</summary>
internal sealed record BranchHead(CommitSha? Commit);
