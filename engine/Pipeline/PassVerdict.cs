using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;

namespace GitOps.Triggers.Pipeline;

/// <summary>What a pass came to, as it is stored and shown, and when its key is looked at again. For what is served; what is not, see <see cref="Retirement"/>.</summary>
/// <param name="Pass">The pass as a whole.</param>
/// <param name="Statuses">One per trigger; none at all when the pass did not get so far, and what was known before still stands.</param>
/// <param name="Next">What becomes of the work.</param>
internal sealed record PassVerdict(PassRecord Pass, IReadOnlyList<TriggerStatus>? Statuses, WorkResult Next)
{
    // What waits for an event is looked at now and then all the same: events are not stored.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    private const int ReasonsTold = 3;

    public static PassVerdict Of(Pass pass, StageResult<PassOutcomes> outcome, DateTimeOffset now) => outcome switch
    {
        StageResult<PassOutcomes>.Done { Value: var outcomes } => Finished(pass, outcomes, now),
        StageResult<PassOutcomes>.Rejected { Findings: var findings } => new PassVerdict(
            Told(pass, PassOutcome.Rejected, findings.Count > 0 ? findings[0].Message : "refused", now, findings: findings), null, new WorkResult.Completed()),
        StageResult<PassOutcomes>.Retry { After: var after, Reason: var reason } => new PassVerdict(
            Told(pass, PassOutcome.Retry, reason, now), null, new WorkResult.RetryAfter(after, reason)),
        StageResult<PassOutcomes>.Held { Reason: var reason, Until: var until } => new PassVerdict(
            Told(pass, PassOutcome.Held, reason, now), null, new WorkResult.Again(until ?? now + LookAgain, reason)),
        StageResult<PassOutcomes>.Skipped { Reason: var reason } => new PassVerdict(
            // Not left to the mark that told of it, which the database may have refused.
            Told(pass, PassOutcome.Superseded, reason, now), null, new WorkResult.Again(now, reason)),
        var unknown => throw new InvalidOperationException($"No such outcome: {unknown.GetType().Name}"),
    };

    public static PassVerdict Failed(Pass pass, Exception failure, DateTimeOffset now)
    {
        var message = Shown.Text(failure.Message, 400);
        return new PassVerdict(Told(pass, PassOutcome.Failed, message, now), null, new WorkResult.RetryAfter(null, message));
    }

    private static PassVerdict Finished(Pass pass, PassOutcomes outcomes, DateTimeOffset now)
    {
        var statuses = outcomes.Statuses;
        var (outcome, next) = Worst(outcomes, statuses, now);
        var message = outcomes.Reading.Commit is null
            ? $"branch {Shown.Text(pass.Environment.Branch.Value)} does not exist{(statuses.Count > 0 ? $"; {InWords(outcomes)}" : "")}"
            : InWords(outcomes);
        return new PassVerdict(Told(pass, outcome, message, now, outcomes.Reading.Commit, outcomes.Reading.Findings), statuses, next);
    }

    private static (PassOutcome Outcome, WorkResult Next) Worst(PassOutcomes outcomes, IReadOnlyList<TriggerStatus> statuses, DateTimeOffset now)
    {
        // Held triggers are looked at again in time also when another one is refused, or tried again later.
        var held = statuses.Where(status => status.State == TriggerState.Held).ToList();
        if (outcomes.Retrying is { Status: { } retrying, RetryAfter: var after })
            return (PassOutcome.Retry, new WorkResult.RetryAfter(after, $"{retrying.Trigger}: {retrying.Message}", held.Min(status => status.Until)));
        WorkResult next = held.MinBy(status => status.Until ?? now + LookAgain) is { } first
            ? new WorkResult.Again(first.Until ?? now + LookAgain, $"{first.Trigger}: {first.Message}")
            : new WorkResult.Completed();
        if (outcomes.Reading.Commit is null)
            return (PassOutcome.BranchMissing, next);
        if (statuses.Any(status => status.State == TriggerState.Rejected) || outcomes.Reading.Findings.Any(finding => finding.Severity == Severity.Error))
            return (PassOutcome.Rejected, next);
        return (held.Count > 0 ? PassOutcome.Held : outcomes.Changed ? PassOutcome.Applied : PassOutcome.Unchanged, next);
    }

    private static string InWords(PassOutcomes outcomes)
    {
        var (statuses, findings) = (outcomes.Statuses, outcomes.Reading.Findings);
        if (statuses.Count == 0)
            return findings.Count == 0 ? "no trigger for this environment on the branch" : findings[0].Message;
        var counts = string.Join(", ", statuses.GroupBy(status => status.State).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}"));
        // A refused trigger has its finding told, and a held one its status; without this, nothing but the status would say what is tried again, and why.
        var reasons = statuses.Where(status => status.State == TriggerState.Retrying).Append(outcomes.Retrying?.Status).OfType<TriggerStatus>().DistinctBy(status => status.Trigger).Take(ReasonsTold).Select(status => $"{status.Trigger}: {status.Message}");
        return string.Join("; ", [counts, .. reasons]);
    }

    private static PassRecord Told(Pass pass, PassOutcome outcome, string message, DateTimeOffset now, CommitSha? commit = null, IReadOnlyList<Finding>? findings = null) => new()
    {
        Key = pass.Key,
        Commit = commit,
        Outcome = outcome,
        Message = message,
        Findings = findings ?? [],
        FinishedAt = now,
    };
}
