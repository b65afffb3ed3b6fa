namespace GitOps.Triggers.Clusters;

/// <summary>Why a call to a cluster failed, classed by what happens next.</summary>
internal enum ClusterFailureKind
{
    /// <summary>No answer, or none of an API server's: later it may work.</summary>
    Unreachable,

    /// <summary>Too many requests, or the server is overloaded: later it will work.</summary>
    Throttled,

    /// <summary>The credentials are wrong or have expired.</summary>
    Unauthorized,

    /// <summary>The credentials lack a right.</summary>
    Forbidden,

    NotFound,

    /// <summary>Another manager owns a field, somebody changed the object meanwhile, or it exists already.</summary>
    Conflict,

    /// <summary>The API server refuses what was sent. Sending it again changes nothing.</summary>
    Invalid,

    /// <summary>A place in a list or watch that the server has forgotten: list again.</summary>
    Expired,

    /// <summary>The kubeconfig cannot be used.</summary>
    Configuration,

    /// <summary>Anything else: a bug on one of the two sides.</summary>
    Other,
}
