namespace GitOps.Triggers.Domain;

/// <summary>Where a deployment's image came from.</summary>
internal enum DeploymentKind
{
    /// <summary>Built for this deployment.</summary>
    Built,

    /// <summary>Built earlier from equal inputs.</summary>
    Reused,

    /// <summary>Deployed upstream before.</summary>
    Promoted,

    /// <summary>The image that already ran here; its settings changed.</summary>
    Settings,

    /// <summary>The image that already ran here, under the same settings; the operator gave the environment another place.</summary>
    Moved,

    /// <summary>An image that ran here before the last one.</summary>
    RolledBack,
}
