namespace GitOps.Triggers.Domain;

internal abstract record TargetSettings
{
    /// <summary>Containers on this machine.</summary>
    internal sealed record Local : TargetSettings;

    /// <summary>CronJobs on a cluster.</summary>
    internal sealed record Kubernetes : TargetSettings
    {
        public ClusterAccess Access { get; init; } = new();

        /// <summary>Holds <c>{repository}</c>, so that no two repositories share a namespace.</summary>
        public required string Namespace { get; init; }

        /// <summary>The engine makes the namespaces that are missing; else an operator does, and the engine needs no right beyond them.</summary>
        public bool CreateNamespaces { get; init; }

        public DriftPolicy Drift { get; init; } = DriftPolicy.Correct;

        /// <summary>A NetworkPolicy keeps every connection out of the runs' pods. Where they connect to is theirs.</summary>
        public bool Isolate { get; init; } = true;

        public NamespaceQuota? Quota { get; init; }
    }
}
