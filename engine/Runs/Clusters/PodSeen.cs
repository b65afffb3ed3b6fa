using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Runs;

/// <summary>What a pod says of one attempt of a run.</summary>
internal sealed record PodSeen
{
    private const string JobName = "batch.kubernetes.io/job-name";

    public required RunId Run { get; init; }

    public required string Space { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? Node { get; init; }

    /// <summary>When its program was started; none when it never was.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    public required bool Ended { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Why it ended, or what it waits for.</summary>
    public PodReason? Reason { get; init; }

    public bool Succeeded => Reason?.Word == RunReasons.Completed;

    /// <returns>None when it is no run's.</returns>
    public static PodSeen? Read(V1Pod pod)
    {
        if (pod.Metadata.Labels is not { } labels || !labels.TryGetValue(JobName, out var job) || !RunId.TryParse(job, out var run) || OwnershipLabels.KeyOf(labels) is null)
            return null;
        var container = pod.Status?.ContainerStatuses?.FirstOrDefault(one => one.Name == Pod.ContainerName);
        var ended = container?.State?.Terminated;
        return new PodSeen
        {
            Run = run,
            Space = pod.Metadata.NamespaceProperty,
            Name = pod.Metadata.Name,
            Uid = pod.Metadata.Uid,
            Version = ResourceVersion.Read(pod.Metadata),
            CreatedAt = ClusterTime.Of(pod.Metadata.CreationTimestamp) ?? DateTimeOffset.UnixEpoch,
            Node = pod.Spec?.NodeName is { Length: > 0 } node ? node : null,
            StartedAt = ClusterTime.Of(container?.State?.Running?.StartedAt ?? ended?.StartedAt),
            Ended = ended is not null || pod.Status?.Phase is "Succeeded" or "Failed",
            // The kubelet makes one up for a program that never was.
            ExitCode = ended is { StartedAt: not null } ? ended.ExitCode : null,
            Reason = PodReason.Of(pod.Status, container),
        };
    }

    /// <summary>As it is known after an older sight of it: a pod that is being taken away forgets what it waited for.</summary>
    public PodSeen After(PodSeen older) => this with
    {
        Node = Node ?? older.Node,
        StartedAt = StartedAt ?? older.StartedAt,
        ExitCode = ExitCode ?? older.ExitCode,
        Reason = StartedAt is null && PodReason.IsWaiting(older.Reason?.Word) && Reason?.Word is null or RunReasons.Lost or RunReasons.Error ? older.Reason : Reason,
    };
}
