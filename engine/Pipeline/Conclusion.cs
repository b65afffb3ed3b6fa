using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Pipeline;

/// <summary>Stores, says and counts what a pass came to.</summary>
internal sealed partial class Conclusion(StatusStore store, EventHub events, TimeProvider time, ILogger<Conclusion> logger)
{
    public async Task<WorkResult> ConcludeAsync(Pass pass, StageResult<PassOutcomes> outcome, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var verdict = PassVerdict.Of(pass, outcome, now);
        await StoreAsync(verdict, ct);
        FailPoint.Reach("pass-concluded");
        events.Publish(new EngineEvent.PassFinished(verdict.Pass, now - pass.StartedAt));
        Say(pass, verdict);
        return verdict.Next;
    }

    /// <summary>An outage, such as a container engine that does not answer, or a defect of ours: it is shown, and tried again with back-off.</summary>
    public async Task<WorkResult> FailAsync(Pass pass, Exception failure, CancellationToken ct)
    {
        var verdict = PassVerdict.Failed(pass, failure, time.GetUtcNow());
        Failed(pass.Repository.Name, pass.Environment.Name.Value, failure);
        await StoreAsync(verdict, ct);
        events.Publish(new EngineEvent.PassFinished(verdict.Pass, time.GetUtcNow() - pass.StartedAt));
        return verdict.Next;
    }

    /// <summary>What is left of a key that is no longer served. Where something cannot be reached any more, it is looked at again at each start.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="repository">Its name.</param>
    /// <param name="message">For people.</param>
    /// <param name="left">What may still run, or stands still.</param>
    /// <param name="later">When a target has to be asked again, and why.</param>
    /// <param name="ct">Ends it.</param>
    public async Task<WorkResult> RetireAsync(WorkKey key, string repository, string message, IReadOnlyList<TriggerStatus> left, WorkResult.RetryAfter? later, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var outcome = later is not null ? PassOutcome.Retry
            : left.Any(status => status.State == TriggerState.Rejected) ? PassOutcome.Rejected
            : PassOutcome.Retired;
        var pass = new PassRecord { Key = key, Outcome = outcome, Message = message, FinishedAt = now };
        await store.ReplaceAsync(pass, [.. left.Select(status => status with { At = now })], ct);
        events.Publish(new EngineEvent.PassFinished(pass, TimeSpan.Zero));
        Retired(later is null ? LogLevel.Information : LogLevel.Warning, repository, key.Environment.Value, message);
        return later ?? (WorkResult)new WorkResult.Completed();
    }

    private Task StoreAsync(PassVerdict verdict, CancellationToken ct) => verdict.Statuses is { } statuses
        ? store.ReplaceAsync(verdict.Pass, statuses, ct)
        : store.ReplaceAsync(verdict.Pass, ct);

    private void Say(Pass pass, PassVerdict verdict)
    {
        var level = verdict.Pass.Outcome switch
        {
            PassOutcome.Unchanged => LogLevel.Debug,
            PassOutcome.Rejected or PassOutcome.Retry or PassOutcome.Failed => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        Concluded(level, pass.Repository.Name, pass.Environment.Name.Value, verdict.Pass.Outcome, verdict.Pass.Message, verdict.Pass.Commit is { } commit ? $"commit {commit.Short}" : "no commit");
        foreach (var finding in verdict.Pass.Findings.Concat(verdict.Statuses?.SelectMany(status => status.Findings) ?? []))
            Found(pass.Repository.Name, pass.Environment.Name.Value, finding.ToString());
    }
}
