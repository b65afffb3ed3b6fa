namespace GitOps.Triggers.Containers;

internal enum ProbeVerdict
{
    Works,

    /// <summary>Containers start, but only with a <c>containers.conf</c> that this machine does not have.</summary>
    WorksWithSettings,
    Fails,

    /// <summary>Neither podman nor docker answers.</summary>
    NoEngine,

    /// <summary>There is an engine, but no image to try it with.</summary>
    NoImage,
}
