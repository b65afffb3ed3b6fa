namespace GitOps.Triggers.Domain;

internal enum TriggerState
{
    Deployed,
    Building,
    Held,
    Rejected,

    /// <summary>Something outside failed; it is tried again.</summary>
    Retrying,
    Pruned,
}
