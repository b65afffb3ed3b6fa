using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>Which environments of one repository have missed something, and when to ask again. Pure.</summary>
internal static class ResyncDecision
{
    private const double Spread = 0.1;
    private const int LongestPause = 6;

    /// <summary>
    /// Those whose branch is not where the last pass found it, or that never had a pass. Left out is what is due or tried again anyway:
    /// a mark then would only disturb a pass that goes on, or shorten its back-off.
    /// </summary>
    public static IReadOnlyList<EnvironmentName> Stale(
        IReadOnlyDictionary<BranchName, CommitSha> heads,
        IReadOnlyList<EnvironmentDefinition> environments,
        IReadOnlyList<PassRecord> passes,
        IReadOnlyList<WorkItem> work,
        DateTimeOffset now) =>
        [.. environments
            .Where(environment => !work.Any(item => item.Environment == environment.Name && (item.DueAt <= now || item.Attempt > 0)))
            .Where(environment => passes.SingleOrDefault(pass => pass.Environment == environment.Name) is not { } pass
                || pass.Commit != heads.GetValueOrDefault(environment.Branch))
            .Select(environment => environment.Name)];

    /// <summary>A remote that cannot be asked is asked less and less often, down to a sixth, so that dead ones take no time from the others.</summary>
    /// <param name="interval">Between two questions to a remote that answers.</param>
    /// <param name="failures">In a row.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Pause(TimeSpan interval, int failures, double random) =>
        interval * Math.Min(Math.Pow(2, failures), LongestPause) * (1 - Spread + (2 * Spread * random));
}
