namespace GitOps.Triggers.Domain;

/// <summary>How the engine reaches a cluster. Two environments with the same access share one connection.</summary>
internal sealed record ClusterAccess
{
    /// <summary>Absolute; read anew whenever it changes, so that credentials can be rotated. None: the service account of the pod that the engine runs in.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>None: the kubeconfig's current one.</summary>
    public string? Context { get; init; }

    /// <summary>The kubeconfig may name a program that is run for its credentials. That program has all the engine has.</summary>
    public bool AllowExecPlugins { get; init; }

    /// <summary>The kubeconfig may switch the check of the cluster's certificate off, or have none by speaking plain HTTP to another machine.</summary>
    public bool AllowInsecureTls { get; init; }

    /// <summary>What the kubeconfig may do besides makes it no other cluster.</summary>
    public bool IsSameClusterAs(ClusterAccess other) => (Kubeconfig, Context) == (other.Kubeconfig, other.Context);

    /// <summary>For people: which cluster is meant.</summary>
    public override string ToString() => Kubeconfig is null
        ? "the cluster that the engine runs in"
        : $"the cluster of {Kubeconfig}{(Context is null ? "" : $" (context {Context})")}";
}
