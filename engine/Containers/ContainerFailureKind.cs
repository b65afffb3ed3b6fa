namespace GitOps.Triggers.Containers;

/// <summary>Why a call of podman or docker failed, classed by what happens next.</summary>
internal enum ContainerFailureKind
{
    Other,

    /// <summary>There is no engine, it does not answer, or it cannot start containers on this machine.</summary>
    Engine,

    /// <summary>It did not answer in time: whether it did what was asked is not known.</summary>
    Silent,

    /// <summary>A registry cannot be reached, or is overloaded: later it may work.</summary>
    Network,

    /// <summary>No such image.</summary>
    NotFound,

    /// <summary>The registry refuses these credentials, or none were given.</summary>
    Denied,

    /// <summary>No room, or a disk that cannot be written.</summary>
    Storage,
}
