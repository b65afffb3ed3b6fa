namespace GitOps.Triggers.Containers;

/// <summary>The podman or docker of this machine, by its command line.</summary>
internal sealed partial class ContainerEngine(ContainerEngineKind kind, string version, ContainerCommand command)
{
    public ContainerEngineKind Kind { get; } = kind;

    /// <summary>Of podman itself, or of docker's daemon.</summary>
    public string Version { get; } = version;

    public ContainerCommand Command { get; } = command;

    /// <summary>Host and port of a registry that speaks plain HTTP by the operator's word; those on this machine do so anyway.</summary>
    public string? PlainHttpRegistry { get; init; }

    /// <summary>Options of <c>podman build</c> for the hooks of its steps, which do not heed podman's own options; none where there are no hooks.</summary>
    public IReadOnlyList<string> BuildHooks { get; init; } = [];

    /// <summary>For people: <c>podman 4.9.3</c>.</summary>
    public string Title => $"{Name} {Version}";

    public string Name => Kind == ContainerEngineKind.Podman ? "podman" : "docker";

    public bool IsPodman => Kind == ContainerEngineKind.Podman;
}
