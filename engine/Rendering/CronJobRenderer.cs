using k8s.Models;

namespace GitOps.Triggers.Rendering;

/// <summary>A release as a CronJob. Every field that the engine owns is set, its default too, so that no drift can hide in an omitted one.</summary>
internal static class CronJobRenderer
{
    /// <summary>
    /// "No deadline" as a number: a run starts late, however late. Left out, a deadline that somebody else sets would stay.
    /// Ten years; the controller's arithmetic is in nanoseconds and ends at 292.
    /// </summary>
    public const long NoDeadlineSeconds = 10L * 365 * 24 * 60 * 60;

    public static V1CronJob Render(RenderInput input) => new()
    {
        ApiVersion = $"{V1CronJob.KubeGroup}/{V1CronJob.KubeApiVersion}",
        Kind = V1CronJob.KubeKind,
        Metadata = new V1ObjectMeta
        {
            Name = CronJobName.Of(input.Key),
            NamespaceProperty = TargetNamespace.Of(input.Environment, input.Repository),
            Labels = OwnershipLabels.Of(input.Key),
            Annotations = Annotations.OfCronJob(input),
        },
        Spec = new V1CronJobSpec
        {
            Schedule = input.Spec.Schedule?.Expression ?? NoSchedule.Expression,
            TimeZone = input.Spec.Schedule?.TimeZone ?? NoSchedule.TimeZone,
            Suspend = input.Spec.Suspend || input.Spec.Schedule is null,
            ConcurrencyPolicy = input.Spec.Run.ConcurrencyPolicy.ToString(),
            StartingDeadlineSeconds = input.Spec.Run.StartingDeadline is { } deadline ? Seconds(deadline) : NoDeadlineSeconds,
            SuccessfulJobsHistoryLimit = input.Spec.Run.SuccessfulHistory,
            FailedJobsHistoryLimit = input.Spec.Run.FailedHistory,
            JobTemplate = new V1JobTemplateSpec
            {
                Metadata = RunMetadata(input),
                Spec = Job(input),
            },
        },
    };

    // No ttlSecondsAfterFinished: it would delete Jobs that the history limits keep.
    private static V1JobSpec Job(RenderInput input) => new()
    {
        BackoffLimit = input.Spec.Run.Retries,
        ActiveDeadlineSeconds = Seconds(input.Spec.Run.Timeout),
        Parallelism = 1,
        Completions = 1,
        CompletionMode = "NonIndexed",
        Suspend = false,
        Template = new V1PodTemplateSpec
        {
            Metadata = RunMetadata(input),
            Spec = Pod.Of(input),
        },
    };

    private static V1ObjectMeta RunMetadata(RenderInput input) => new()
    {
        Labels = OwnershipLabels.Of(input.Key),
        Annotations = Annotations.OfRun(input),
    };

    private static long Seconds(TimeSpan duration) => (long)Math.Ceiling(duration.TotalSeconds);
}
