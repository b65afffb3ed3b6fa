using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;

namespace GitOps.Triggers.Cli;

/// <summary>Decides whether what somebody waits for has happened.</summary>
internal static class PassWait
{
    /// <param name="report">What the engine says now.</param>
    /// <param name="commit">The commit, or the first digits of it, that must have been looked at; none: whatever is due.</param>
    /// <returns>The passes that answer the question; none while it is still open.</returns>
    public static IReadOnlyList<(RepositoryView Repository, PassView Pass)>? Answer(StatusReport report, string? commit)
    {
        var passes = report.Passes.ToList();
        if (commit is null)
            return passes.Any(one => one.Pass.Outcome is not null) && passes.All(one => IsSettled(one.Pass)) ? passes : null;
        var own = passes.Where(one => one.Pass.Commit?.StartsWith(commit, StringComparison.Ordinal) == true).ToList();
        return own.Count > 0 && own.All(one => IsFinal(one.Pass)) ? own : null;
    }

    /// <param name="report">What the engine says now.</param>
    /// <param name="since">When the passes were asked for.</param>
    /// <returns>The passes that have looked at git since then; none while one has not.</returns>
    public static IReadOnlyList<(RepositoryView Repository, PassView Pass)>? AnswerSince(StatusReport report, DateTimeOffset since)
    {
        var passes = report.Passes.ToList();
        return passes.All(one => one.Pass.FinishedAt >= since && IsSettled(one.Pass)) ? passes : null;
    }

    /// <summary>It ended as its author wanted: nothing rejected, nothing held, in the pass or in one of its triggers.</summary>
    public static bool IsWell(StatusReport report, IReadOnlyList<(RepositoryView Repository, PassView Pass)> passes) =>
        passes.All(one => one.Pass.Outcome is PassOutcome.Applied or PassOutcome.Unchanged or PassOutcome.BranchMissing)
        && !report.Triggers.Any(trigger => trigger.State is TriggerState.Rejected or TriggerState.Held
            && passes.Any(one => one.Repository.Name == trigger.Repository && one.Pass.Environment == trigger.Environment));

    /// <summary>What is going on, in a few words.</summary>
    public static string Progress(StatusReport report, string? commit)
    {
        var busy = report.Triggers.Where(trigger => trigger.State is TriggerState.Building or TriggerState.Retrying).ToList();
        // A trigger that is being built says enough of the pass that has it built.
        var due = from one in report.Passes
                  where one.Pass.Due && !IsWaiting(one.Pass) && !busy.Any(trigger => trigger.Repository == one.Repository.Name && trigger.Environment == one.Pass.Environment)
                  select $"the branch of {one.Pass.Environment} in {one.Repository.Name} is looked at";
        var going = busy.Select(trigger => $"{trigger.Trigger} in {trigger.Environment} is {Words.Of(trigger.State!.Value)}").Concat(due);
        var text = string.Join(", ", going.Take(4));
        return text.Length > 0 ? text : commit is null ? "waiting for a first pass" : $"waiting until {commit[..Math.Min(10, commit.Length)]} is looked at";
    }

    /// <summary>What to say when the time is up.</summary>
    public static string Open(StatusReport report, string? commit)
    {
        var heads = string.Join(", ", report.Passes.Select(one => one.Pass)
            .Select(pass => $"{pass.Environment} is at {Words.Commit(pass.Commit)} ({(pass.Outcome is { } outcome ? Words.Of(outcome) : "not looked at yet")})"));
        return commit is null ? $"Still at work: {heads}." : $"No pass has finished with {commit[..Math.Min(10, commit.Length)]} yet: {(heads.Length > 0 ? heads : "no such repository or environment")}.";
    }

    private static bool IsSettled(PassView pass) => IsFinal(pass) && (!pass.Due || IsWaiting(pass));

    /// <summary>A retry is not the end of it.</summary>
    private static bool IsFinal(PassView pass) => pass.Outcome is not (PassOutcome.Retry or PassOutcome.Failed or PassOutcome.Superseded or null);

    /// <summary>It is due again at its time, or when something else happens, and would be for ever.</summary>
    private static bool IsWaiting(PassView pass) => pass.Outcome is PassOutcome.Held;
}
