using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>
/// The rules of the Kubernetes Job controller for a Job of one pod that is not restarted in place: <c>backoffLimit</c> failures are retried, 10 s after
/// the first one, then 20 s, 40 s, at most 10 min (<c>DefaultJobPodFailureBackOff</c>, <c>MaxJobPodFailureBackOff</c>), counted from the failed pod's end;
/// <c>activeDeadlineSeconds</c> ends all of it, the waiting too.
/// </summary>
/// <seealso href="https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/job/backoff_utils.go"/>
internal static class JobRules
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(10);
    private const int Doublings = 6;

    /// <param name="limits">The Job's.</param>
    /// <param name="outcome">The attempt's.</param>
    /// <param name="attempt">From 1.</param>
    public static JobStep After(JobLimits limits, AttemptOutcome outcome, int attempt)
    {
        if (outcome.Succeeded)
            return new JobStep.Succeed();
        if (outcome.Reason == RunReasons.DeadlineExceeded)
            return new JobStep.Fail(outcome.Reason, outcome.Message);
        if (attempt > limits.Retries)
            return new JobStep.Fail(outcome.Reason, attempt == 1 ? outcome.Message : string.Create(CultureInfo.InvariantCulture, $"{outcome.Message} It was attempt {attempt}, the last one."));
        return new JobStep.Retry(outcome.EndedAt + BackOff(attempt));
    }

    /// <param name="failures">From 1.</param>
    public static TimeSpan BackOff(int failures)
    {
        var backOff = FirstBackOff * Math.Pow(2, Math.Min(failures - 1, Doublings));
        return backOff < LongestBackOff ? backOff : LongestBackOff;
    }

    public static string DeadlineExceeded(JobLimits limits, AttemptOutcome? last) =>
        $"It took longer than its timeout of {Duration.Format(limits.Deadline ?? TimeSpan.Zero)}, the wait for another attempt included.{(last is null ? "" : $" The last one: {last.Message}")}";
}
