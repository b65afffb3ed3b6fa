namespace GitOps.Triggers.Domain;

internal enum KeySourceKind
{
    Secret,
    Config,
}
