namespace GitOps.Triggers.Domain;

internal enum PassOutcome
{
    Applied,
    Unchanged,
    Rejected,
    Held,
    Retry,
    BranchMissing,
    Superseded,

    /// <summary>A bug or an outage; retried with back-off.</summary>
    Failed,
}
