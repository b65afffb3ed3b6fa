namespace GitOps.Triggers.Domain;

internal enum BuildState
{
    Running,
    Succeeded,
    Failed,
    Cancelled,
}
