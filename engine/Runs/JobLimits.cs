using k8s.Models;

namespace GitOps.Triggers.Runs;

/// <param name="Retries">Further attempts after the first one (<c>backoffLimit</c>).</param>
/// <param name="Deadline">Longest duration of all attempts and the waits between them (<c>activeDeadlineSeconds</c>).</param>
internal sealed record JobLimits(int Retries, TimeSpan? Deadline)
{
    private const int KubernetesDefaultRetries = 6;

    public static JobLimits Of(V1JobSpec job) =>
        new(job.BackoffLimit ?? KubernetesDefaultRetries, job.ActiveDeadlineSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
}
