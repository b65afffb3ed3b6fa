using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>What becomes of a trigger when a call to its cluster has failed.</summary>
internal static class TargetFailures
{
    /// <summary>
    /// What the API server refuses to take is refused until somebody writes something else. Everything else is tried again: a right that is
    /// missing may be granted, a kubeconfig mended, without any push.
    /// </summary>
    public static StageResult<T> Of<T>(TriggerKey key, ClusterException failure) => failure.Kind is ClusterFailureKind.Invalid
        ? new StageResult<T>.Rejected([TargetFindings.Of(key, failure.Message, "Mend what the API server names; what ran before goes on as it was.")])
        : new StageResult<T>.Retry(failure.RetryAfter, failure.Message);
}
