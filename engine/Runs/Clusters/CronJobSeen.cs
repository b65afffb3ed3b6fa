using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Runs;

/// <summary>A CronJob as it is on a cluster.</summary>
internal sealed record CronJobSeen
{
    public required TriggerKey Key { get; init; }

    public required string Space { get; init; }

    public required CronJobRules Rules { get; init; }

    /// <summary>The last due time for which a Job was made.</summary>
    public DateTimeOffset? LastScheduledFor { get; init; }

    /// <summary>When a Job of it last succeeded.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <returns>None when it is not one that this engine rendered.</returns>
    public static CronJobSeen? Read(V1CronJob cronJob)
    {
        if (OwnershipLabels.KeyOf(cronJob.Metadata.Labels) is not { } key)
            return null;
        try
        {
            return new CronJobSeen
            {
                Key = key,
                Space = cronJob.Metadata.NamespaceProperty,
                Rules = CronJobRules.Read(cronJob),
                LastScheduledFor = ClusterTime.Of(cronJob.Status?.LastScheduleTime),
                LastSuccess = ClusterTime.Of(cronJob.Status?.LastSuccessfulTime),
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
