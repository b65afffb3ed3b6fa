namespace GitOps.Triggers.Domain;

internal enum TriggerState
{
    Deployed,
    Building,
    Held,
    Rejected,

    /// <summary>Something outside failed; it is tried again.</summary>
    Retrying,

    /// <summary>Its branch or every manifest on it is gone, or its repository or environment is no longer served: what was deployed is suspended, not deleted.</summary>
    Suspended,
}
