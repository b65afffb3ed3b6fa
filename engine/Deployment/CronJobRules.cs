using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>What of a CronJob, on this machine or a cluster, decides when it runs and how long its runs are kept.</summary>
internal sealed record CronJobRules
{
    /// <summary>None when the schedule never comes, as that of a trigger which awaits its schedule.</summary>
    public CronSchedule? Schedule { get; init; }

    public required bool Suspended { get; init; }

    /// <summary>The engine's reason for a suspension that the manifest does not ask for.</summary>
    public string? SuspendedBecause { get; init; }

    public required ConcurrencyPolicy ConcurrencyPolicy { get; init; }

    public TimeSpan? StartingDeadline { get; init; }

    public required int SuccessfulHistory { get; init; }

    public required int FailedHistory { get; init; }

    public required CommitSha Commit { get; init; }

    public required ImageReference Image { get; init; }

    /// <exception cref="FormatException">It is not one that this engine rendered.</exception>
    public static CronJobRules Read(V1CronJob cronJob) => new()
    {
        Schedule = CronSchedule.TryParse(cronJob.Spec.Schedule, cronJob.Spec.TimeZone ?? "Etc/UTC", out var schedule, out _) ? schedule : null,
        Suspended = cronJob.Spec.Suspend ?? false,
        SuspendedBecause = Annotation(cronJob, Annotations.Suspended),
        ConcurrencyPolicy = Enum.TryParse<ConcurrencyPolicy>(cronJob.Spec.ConcurrencyPolicy, out var policy) ? policy : ConcurrencyPolicy.Allow,
        StartingDeadline = cronJob.Spec.StartingDeadlineSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        SuccessfulHistory = cronJob.Spec.SuccessfulJobsHistoryLimit ?? 3,
        FailedHistory = cronJob.Spec.FailedJobsHistoryLimit ?? 1,
        Commit = CommitSha.Parse(Annotation(cronJob, Annotations.Commit) ?? ""),
        Image = ImageReference.Parse(cronJob.Spec.JobTemplate.Spec.Template.Spec.Containers[0].Image),
    };

    private static string? Annotation(V1CronJob cronJob, string name) =>
        cronJob.Metadata.Annotations is { } annotations && annotations.TryGetValue(name, out var value) ? value : null;
}
