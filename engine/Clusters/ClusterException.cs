namespace GitOps.Triggers.Clusters;

/// <summary>A call to a cluster failed. Its message names the call, what the API server said and what to do; it never holds a credential.</summary>
internal sealed class ClusterException(ClusterFailureKind kind, string message, TimeSpan? retryAfter = null, Exception? cause = null) : Exception(message, cause)
{
    public ClusterFailureKind Kind => kind;

    /// <summary>How long the server asks to be left alone.</summary>
    public TimeSpan? RetryAfter => retryAfter;

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public bool IsPassing => kind is ClusterFailureKind.Unreachable or ClusterFailureKind.Throttled or ClusterFailureKind.Expired or ClusterFailureKind.Conflict;
}
