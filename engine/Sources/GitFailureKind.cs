namespace GitOps.Triggers.Sources;

/// <summary>Classed by what happens next.</summary>
internal enum GitFailureKind
{
    /// <summary>Network, time or a lock: may work later.</summary>
    Unreachable,

    /// <summary>Somebody must change something first.</summary>
    Refused,

    /// <summary>The repository is over its limit.</summary>
    TooLarge,

    /// <summary>Git said something else; the mirror itself may be damaged.</summary>
    Unclear,
}
