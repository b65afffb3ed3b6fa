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

    /// <summary>The repository or the environment is no longer served: what was deployed is suspended or taken down.</summary>
    Retired,

    /// <summary>A bug or an outage; retried with back-off.</summary>
    Failed,
}
