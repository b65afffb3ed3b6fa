namespace GitOps.Triggers.Domain;

internal sealed record BuilderSettings
{
    public BuilderKind Kind { get; init; } = BuilderKind.Auto;

    /// <summary>The Kaniko executor's image. Operators pin it by digest.</summary>
    public string KanikoImage { get; init; } = "gcr.io/kaniko-project/executor:v1.24.0";

    /// <summary>Set exactly when <see cref="Kind"/> is <see cref="BuilderKind.Kubernetes"/>.</summary>
    public ClusterBuilderSettings? Cluster { get; init; }
}
