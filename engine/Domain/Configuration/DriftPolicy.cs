namespace GitOps.Triggers.Domain;

/// <summary>What is done about an object that somebody changed by hand.</summary>
internal enum DriftPolicy
{
    /// <summary>It is put back.</summary>
    Correct,

    /// <summary>It is said, and left as it is until the next release.</summary>
    Detect,
}
