namespace GitOps.Triggers.Runs;

/// <summary>What is known of one run on a cluster.</summary>
internal sealed record SeenRun
{
    /// <summary>None while only pods of it were seen.</summary>
    public JobSeen? Job { get; init; }

    /// <summary>The oldest first; also those that are gone, as they were last.</summary>
    public IReadOnlyList<PodSeen> Pods { get; init; } = [];

    /// <summary>Its Job is no longer on the cluster.</summary>
    public bool Gone { get; init; }

    /// <summary>When its end was first seen.</summary>
    public DateTimeOffset? EndSeenAt { get; init; }

    public SeenRun With(JobSeen job, DateTimeOffset now)
    {
        if (Job is not null && Job.Uid == job.Uid && job.Version < Job.Version)
            return this;
        return this with { Job = job, Gone = false, EndSeenAt = job.IsFinished ? EndSeenAt ?? now : null, Pods = Job is null || Job.Uid == job.Uid ? Pods : [] };
    }

    public SeenRun With(PodSeen pod)
    {
        var older = Pods.FirstOrDefault(one => one.Uid == pod.Uid);
        if (older is not null && pod.Version < older.Version)
            return this;
        var newer = older is null ? pod : pod.After(older);
        return this with { Pods = [.. Pods.Where(one => one.Uid != pod.Uid).Append(newer).OrderBy(one => one.CreatedAt).ThenBy(one => one.Name, StringComparer.Ordinal)] };
    }

    /// <summary>A pod that is not there any more runs no more.</summary>
    public SeenRun Without(PodSeen pod) => With(pod with { Ended = true, Version = long.MaxValue });

    /// <summary>From 1. Pods that have ended and are gone unseen were the earliest; one that was just made may not have been seen yet.</summary>
    public int AttemptOf(PodSeen pod) =>
        Math.Max((Job?.EndedPods ?? 0) - Pods.Count, 0) + Pods.TakeWhile(one => one.Uid != pod.Uid).Count() + 1;
}
