using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>
/// A place where CronJobs are applied and run: this machine, or a cluster. Every call may be repeated. A target that cannot be reached, lacks a
/// right or refuses an object says so as a value: <c>Rejected</c> when somebody must write something else, else <c>Retry</c> or <c>Held</c>.
/// </summary>
internal interface ITarget
{
    /// <summary>Makes the target hold this CronJob; writes only on a difference. Rejected when an object of that name belongs to somebody else.</summary>
    Task<StageResult<ApplyResult>> ApplyAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct);

    /// <summary>Whether <see cref="ApplyAsync"/> would do it; no CronJob is changed.</summary>
    Task<StageResult<bool>> RehearseAsync(TriggerKey key, V1CronJob cronJob, CancellationToken ct) => Task.FromResult<StageResult<bool>>(new StageResult<bool>.Done(true));

    /// <summary>Stops the schedule and says why, without any other change; the next apply decides anew. Nothing happens when the trigger is not deployed here.</summary>
    /// <returns>Whether something was changed.</returns>
    Task<StageResult<bool>> SuspendAsync(TriggerKey key, string reason, CancellationToken ct);

    /// <summary>Takes the CronJob down, and starts nothing more. Runs that go on are left to end; the records of all runs stay.</summary>
    /// <returns>Whether there was something to take down.</returns>
    Task<StageResult<bool>> PruneAsync(TriggerKey key, CancellationToken ct);

    /// <summary>Starts a run now, with other arguments than the manifest's if some are given. Rejected when the trigger is not deployed here.</summary>
    Task<StageResult<RunRecord>> RunNowAsync(TriggerKey key, IReadOnlyList<string>? args, CancellationToken ct);

    /// <summary>A run's log, all attempts, line by line; with <paramref name="follow"/> until the run has ended.</summary>
    /// <exception cref="LogUnavailableException">At any line.</exception>
    IAsyncEnumerable<string> LogsAsync(RunRecord run, bool follow, CancellationToken ct);
}
