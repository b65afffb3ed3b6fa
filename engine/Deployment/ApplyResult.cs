namespace GitOps.Triggers.Deployment;

internal enum ApplyResult
{
    Created,
    Changed,
    Unchanged,

    /// <summary>Somebody changed it by hand, and the environment only tells: see <see cref="Domain.DriftPolicy.Detect"/>.</summary>
    Drifted,
}
