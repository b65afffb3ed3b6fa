namespace GitOps.Triggers.Domain;

/// <summary>Builds as Kaniko Jobs on a cluster.</summary>
internal sealed record ClusterBuilderSettings
{
    public ClusterAccess Access { get; init; } = new();

    public string Namespace { get; init; } = "gitops-triggers-builds";

    /// <summary>Has <c>sh</c>, <c>wget</c>, <c>sha256sum</c> and <c>tar</c>: it fetches the context from the engine. Operators pin it by digest.</summary>
    public string ContextImage { get; init; } = "docker.io/library/busybox:1.37";

    /// <summary>A Secret of type <c>kubernetes.io/dockerconfigjson</c> in <see cref="Namespace"/>; none: the registry asks for no credentials.</summary>
    public string? PushSecret { get; init; }

    /// <summary>skopeo, which pushes where there is a <see cref="PushSecret"/>: Kaniko's container does not get to see it. Operators pin it by digest.</summary>
    public string PushImage { get; init; } = "quay.io/skopeo/stable:v1.18.0";

    /// <summary>A repository where Kaniko keeps layers between builds. It is reached without credentials.</summary>
    public string? Cache { get; init; }

    /// <summary>Where a build's pod reaches the engine.</summary>
    public required Uri EngineUrl { get; init; }
}
