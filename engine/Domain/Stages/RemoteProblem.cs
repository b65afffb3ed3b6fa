namespace GitOps.Triggers.Domain;

/// <summary>Why a repository's remote cannot be asked for its branches, and since when.</summary>
internal sealed record RemoteProblem(string Reason, DateTimeOffset Since);
