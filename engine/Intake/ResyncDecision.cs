using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>Which environments of one repository have missed something, and when to ask again. Pure.</summary>
internal static class ResyncDecision
{
    private const double Spread = 0.1;
    private const int LongestPause = 6;

    /// <summary>How long a branch that could not be read is left alone while its head stays the same.</summary>
    public static readonly TimeSpan UnreadPause = TimeSpan.FromHours(6);

    /// <summary>
    /// Those whose branch is not where the last pass found it, or that never had a pass. Left out is what is due or tried again anyway:
    /// a mark then would only disturb a pass that goes on, or shorten its back-off. Left out is also what was marked for this very head
    /// and is <see cref="IsUnread"/>.
    /// </summary>
    /// <param name="heads">The remote's branches.</param>
    /// <param name="environments">Of the engine.</param>
    /// <param name="passes">The last ones of the repository.</param>
    /// <param name="work">Of the repository.</param>
    /// <param name="marked">The heads for which unread ones were marked.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<EnvironmentName> Stale(
        IReadOnlyDictionary<BranchName, CommitSha> heads,
        IReadOnlyList<EnvironmentDefinition> environments,
        IReadOnlyList<PassRecord> passes,
        IReadOnlyList<WorkItem> work,
        IReadOnlyDictionary<EnvironmentName, CommitSha> marked,
        DateTimeOffset now) =>
        [.. environments
            .Where(environment => !work.Any(item => item.Environment == environment.Name && (item.DueAt <= now || item.Attempt > 0)))
            .Where(environment => passes.SingleOrDefault(pass => pass.Environment == environment.Name) is not { } pass
                || (pass.Commit != heads.GetValueOrDefault(environment.Branch) && !IsKnown(pass, marked.GetValueOrDefault(environment.Name), heads.GetValueOrDefault(environment.Branch), now)))
            .Select(environment => environment.Name)];

    /// <summary>Refused before its head was known, as a repository over its size limit: to fetch it again costs much, and changes nothing while nobody pushes.</summary>
    public static bool IsUnread(PassRecord pass) => pass is { Outcome: PassOutcome.Rejected, Commit: null };

    /// <summary>A remote that cannot be asked is asked less and less often, down to a sixth, so that dead ones take no time from the others.</summary>
    /// <param name="interval">Between two questions to a remote that answers.</param>
    /// <param name="failures">In a row.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Pause(TimeSpan interval, int failures, double random) =>
        interval * Math.Min(Math.Pow(2, failures), LongestPause) * (1 - Spread + (2 * Spread * random));

    private static bool IsKnown(PassRecord pass, CommitSha? marked, CommitSha? head, DateTimeOffset now) =>
        IsUnread(pass) && marked == head && now - pass.FinishedAt < UnreadPause;
}
