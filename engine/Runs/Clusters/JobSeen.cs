using System.Globalization;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Runs;

/// <summary>What a Job on a cluster says of a run, without what its pods say.</summary>
internal sealed record JobSeen
{
    private const string ScheduledTimestamp = "batch.kubernetes.io/cronjob-scheduled-timestamp";

    public required RunId Id { get; init; }

    public required TriggerKey Key { get; init; }

    public required string Space { get; init; }

    public required string Uid { get; init; }

    public required long Version { get; init; }

    public required RunOrigin Origin { get; init; }

    public required DateTimeOffset ScheduledFor { get; init; }

    public required CommitSha Commit { get; init; }

    public required ImageReference Image { get; init; }

    public required JobLimits Limits { get; init; }

    /// <summary>When the controller took it up.</summary>
    public DateTimeOffset? TakenUpAt { get; init; }

    /// <summary>Pods that were made for it, by the controller's count.</summary>
    public required int Pods { get; init; }

    /// <summary>Those of them that have ended.</summary>
    public required int EndedPods { get; init; }

    public required bool Complete { get; init; }

    /// <summary>Set when it failed: <c>BackoffLimitExceeded</c>, <c>DeadlineExceeded</c>, …</summary>
    public string? FailedBecause { get; init; }

    public string? FailureMessage { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public bool IsFinished => Complete || FailedBecause is not null;

    /// <returns>None when it is not a run that this engine rendered.</returns>
    public static JobSeen? Read(V1Job job)
    {
        var annotations = job.Metadata.Annotations ?? new Dictionary<string, string>();
        if (OwnershipLabels.KeyOf(job.Metadata.Labels) is not { } key || !RunId.TryParse(job.Metadata.Name, out var id)
            || !annotations.TryGetValue(Annotations.Commit, out var sha) || !CommitSha.TryParse(sha, out var commit)
            || !ImageReference.TryParse(Container(job)?.Image, out var image))
            return null;
        var scheduled = Scheduled(job, id, annotations);
        var failure = Condition(job, "Failed");
        return new JobSeen
        {
            Id = id,
            Key = key,
            Space = job.Metadata.NamespaceProperty,
            Uid = job.Metadata.Uid,
            Version = ResourceVersion.Read(job.Metadata),
            Origin = scheduled is null ? RunOrigin.OnDemand : RunOrigin.Schedule,
            ScheduledFor = scheduled ?? ClusterTime.Of(job.Metadata.CreationTimestamp) ?? DateTimeOffset.UnixEpoch,
            Commit = commit,
            Image = image,
            Limits = JobLimits.Of(job.Spec),
            TakenUpAt = ClusterTime.Of(job.Status?.StartTime),
            Pods = (job.Status?.Active ?? 0) + (job.Status?.Failed ?? 0) + (job.Status?.Succeeded ?? 0),
            EndedPods = (job.Status?.Failed ?? 0) + (job.Status?.Succeeded ?? 0),
            Complete = Condition(job, "Complete") is not null,
            FailedBecause = failure is null ? null : failure.Reason ?? "Failed",
            FailureMessage = failure?.Message,
            FinishedAt = ClusterTime.Of(job.Status?.CompletionTime) ?? ClusterTime.Of((failure ?? Condition(job, "Complete"))?.LastTransitionTime),
        };
    }

    private static V1Container? Container(V1Job job) =>
        job.Spec.Template.Spec.Containers.FirstOrDefault(one => one.Name == Pod.ContainerName);

    /// <summary>When a Job of a CronJob's schedule was due; older controllers leave it to the name.</summary>
    private static DateTimeOffset? Scheduled(V1Job job, RunId id, IDictionary<string, string> annotations)
    {
        if (job.Metadata.OwnerReferences?.FirstOrDefault(one => one.Kind == V1CronJob.KubeKind && one.Controller == true) is not { } owner)
            return null;
        if (annotations.TryGetValue(ScheduledTimestamp, out var text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var told))
            return told.ToUniversalTime();
        return long.TryParse(id.Value.AsSpan(id.Value.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && minutes < int.MaxValue && DateTimeOffset.FromUnixTimeSeconds(minutes * 60) is var time && RunNames.Scheduled(owner.Name, time) == id
                ? time
                : null;
    }

    private static V1JobCondition? Condition(V1Job job, string type) =>
        job.Status?.Conditions?.FirstOrDefault(one => one.Type == type && one.Status == "True");
}
