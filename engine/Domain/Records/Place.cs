namespace GitOps.Triggers.Domain;

/// <summary>Where a release was put. Kept with the release, since the way there may have left <c>engine.yaml</c> when it is to be taken down.</summary>
internal sealed record Place
{
    public static Place ThisMachine { get; } = new();

    /// <summary>None: this machine.</summary>
    public ClusterAccess? Cluster { get; init; }

    /// <summary>On the cluster.</summary>
    public string? Namespace { get; init; }

    public bool IsSameAs(Place other) =>
        Namespace == other.Namespace && (Cluster is null ? other.Cluster is null : other.Cluster is not null && Cluster.IsSameClusterAs(other.Cluster));

    /// <summary>For people.</summary>
    public override string ToString() => Cluster is null ? "this machine" : $"the namespace {Namespace} of {Cluster}";
}
