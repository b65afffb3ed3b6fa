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

    /// <summary>What is left of a key that is no longer served.</summary>
    public async Task RetireAsync(WorkKey key, string repository, string message, IReadOnlyList<TriggerStatus> left, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var pass = new PassRecord { Key = key, Outcome = PassOutcome.Retired, Message = message, FinishedAt = now };
        await store.ReplaceAsync(pass, [.. left.Select(status => status with { At = now })], ct);
        events.Publish(new EngineEvent.PassFinished(pass, TimeSpan.Zero));
        Retired(repository, key.Environment.Value, message);
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
