namespace GitOps.Triggers.Registries;

/// <summary>Why a registry could not be asked, classed by what happens next. None of them says anything about its images.</summary>
internal enum RegistryFailureKind
{
    /// <summary>No answer, or one of a server in trouble: later it may work.</summary>
    Unreachable,

    /// <summary>Too many requests: later it will work.</summary>
    Throttled,

    /// <summary>No TLS that this machine trusts.</summary>
    Untrusted,

    /// <summary>It asks for credentials, and there are none.</summary>
    Anonymous,

    /// <summary>It refuses the credentials, or they do not reach so far.</summary>
    Denied,

    /// <summary>The credentials cannot be read.</summary>
    Configuration,

    /// <summary>What answers is no registry.</summary>
    Strange,
}
