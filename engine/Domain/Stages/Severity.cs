namespace GitOps.Triggers.Domain;

internal enum Severity
{
    Warning,
    Error,
}
