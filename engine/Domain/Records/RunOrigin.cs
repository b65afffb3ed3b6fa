namespace GitOps.Triggers.Domain;

internal enum RunOrigin
{
    Schedule,
    OnDemand,
}
