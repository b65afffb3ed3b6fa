namespace GitOps.Triggers.Domain;

internal enum BuilderKind
{
    /// <summary>Kaniko where its image is present or can be pulled, else the local build.</summary>
    Auto,
    Kaniko,
    Local,

    /// <summary>A Kaniko Job on a cluster for each build.</summary>
    Kubernetes,
}
