namespace GitOps.Triggers.Containers;

internal enum ContainerEngineKind
{
    Podman,
    Docker,
}
