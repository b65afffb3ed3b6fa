namespace GitOps.Triggers.Domain;

internal enum UntestedPolicy
{
    Reject,
    Build,
}
