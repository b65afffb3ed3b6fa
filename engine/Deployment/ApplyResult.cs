namespace GitOps.Triggers.Deployment;

internal enum ApplyResult
{
    Created,
    Changed,
    Unchanged,
}
