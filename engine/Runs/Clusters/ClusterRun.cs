using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>A run on a cluster as its Job and pods show it.</summary>
internal static class ClusterRun
{
    private const string RetriesUsedUp = "BackoffLimitExceeded";

    /// <param name="job">The Job.</param>
    /// <param name="pods">The pods that are known of, the oldest first; those of earlier attempts may be gone.</param>
    public static RunRecord Of(JobSeen job, IReadOnlyList<PodSeen> pods)
    {
        var last = pods.Count > 0 ? pods[^1] : null;
        var run = new RunRecord
        {
            Id = job.Id,
            Key = job.Key,
            Origin = job.Origin,
            ScheduledFor = job.ScheduledFor,
            State = RunState.Pending,
            Commit = job.Commit,
            Image = job.Image,
            StartedAt = pods.Min(pod => pod.StartedAt),
            Attempt = Math.Max(job.Pods, pods.Count),
            ExitCode = last?.ExitCode,
            Node = last?.Node,
            Reason = last?.Reason?.Word,
            Message = last?.Reason?.Message,
        };
        return job.Complete ? Succeeded(run, job)
            : job.FailedBecause is { } why ? Failed(run, job, why, last)
            : last is { StartedAt: not null } and ({ Ended: false } or { Succeeded: true }) ? run with { State = RunState.Running, ExitCode = null, Reason = null, Message = null }
            : run;
    }

    /// <summary>Whether all is known that there is to know of how it ended: its pods' ends are told apart from its own.</summary>
    public static bool IsSettled(JobSeen job, IReadOnlyList<PodSeen> pods) =>
        !job.IsFinished || (pods.Count >= job.Pods && pods.All(pod => pod.Ended || job.FailedBecause == RunReasons.DeadlineExceeded));

    private static RunRecord Succeeded(RunRecord run, JobSeen job) => run with
    {
        State = RunState.Succeeded,
        // Where its pod is gone, the controller's time is the nearest to the truth.
        StartedAt = run.StartedAt ?? job.TakenUpAt,
        FinishedAt = job.FinishedAt,
        ExitCode = 0,
        Reason = RunReasons.Completed,
        Message = "The program ended with exit code 0.",
    };

    private static RunRecord Failed(RunRecord run, JobSeen job, string why, PodSeen? last)
    {
        var ended = run with { State = RunState.Failed, FinishedAt = job.FinishedAt };
        if (why == RunReasons.DeadlineExceeded)
            return ended with { Reason = why, Message = JobRules.DeadlineExceeded(job.Limits, LastWords(run, last)) };
        if (why == RetriesUsedUp && last?.Reason is { } own)
            return ended with { Reason = own.Word, Message = run.Attempt <= 1 ? own.Message : string.Create(CultureInfo.InvariantCulture, $"{own.Message} It was attempt {run.Attempt}, the last one.") };
        return ended with { Reason = why, Message = why == RetriesUsedUp ? "All its attempts failed; their pods are gone, so that more is not known." : $"Its Job failed: {Shown.Text(job.FailureMessage)}" };
    }

    /// <summary>What the last attempt had to say besides that the deadline ended it.</summary>
    private static AttemptOutcome? LastWords(RunRecord run, PodSeen? last) =>
        last?.Reason is { } reason && (PodReason.IsWaiting(reason.Word) || run.Attempt > 1)
            ? new AttemptOutcome(reason.Word, last.ExitCode, reason.Message, default)
            : null;
}
