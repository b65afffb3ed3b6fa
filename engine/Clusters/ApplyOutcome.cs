namespace GitOps.Triggers.Clusters;

internal enum ApplyOutcome
{
    Created,
    Changed,
    Unchanged,

    /// <summary>It differs, and was left as it is: drift is to be detected only.</summary>
    Drifted,

    /// <summary>An object of this name that the engine did not make: left alone.</summary>
    Foreign,
}
