using System.Globalization;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;

namespace GitOps.Triggers.Tests.Runs.Replays;

/// <summary>What became of each due time, in the words of the expected data.</summary>
internal sealed class ReplayLedger
{
    private readonly SortedDictionary<DateTimeOffset, string> verdicts = [];
    private readonly Dictionary<DateTimeOffset, TimeSpan> starts = [];
    private readonly HashSet<DateTimeOffset> replaced = [];

    /// <summary>Looks that made as many records as one may: older due times have none of their own.</summary>
    private readonly List<DateTimeOffset> cutOff = [];

    /// <summary>Of each due time that is known, in order.</summary>
    public IEnumerable<string> Fates => verdicts.Keys.Select(due => Fate(due)!);

    /// <returns>Whether it is the first of this due time.</returns>
    public bool Started(DateTimeOffset due, DateTimeOffset now)
    {
        verdicts.TryAdd(due, "started");
        return starts.TryAdd(due, now - due);
    }

    public bool Knows(DateTimeOffset due) => verdicts.ContainsKey(due);

    public void Replaced(DateTimeOffset due) => replaced.Add(due);

    public void PassedOver(IReadOnlyList<PassedOver> passed, bool withStart)
    {
        foreach (var time in passed)
            verdicts.TryAdd(time.ScheduledFor, Word(time.State));
        if (passed.Count + (withStart ? 1 : 0) >= PassedOverTimes.Most)
            cutOff.Add(passed[0].ScheduledFor);
    }

    /// <returns>The first due time of which both do not say the same; none when there is none.</returns>
    public string? Difference(ReplayScenario scenario)
    {
        var expected = scenario.Expected();
        foreach (var (due, fate) in expected)
        {
            var wanted = fate.Replace("forbidden", "skipped", StringComparison.Ordinal).Replace("blocked", "skipped", StringComparison.Ordinal).Replace("passed", "missed", StringComparison.Ordinal);
            var seen = Fate(due) ?? (wanted is "missed" or "skipped" or "suspended" && cutOff.Any(oldest => due < oldest) ? wanted : "no record");
            if (wanted != seen)
                return $"{due.UtcDateTime:yyyy-MM-dd HH:mm}Z: the controller's is '{fate}', the engine's '{seen}'";
        }
        var known = expected.Select(pair => pair.Due).ToHashSet();
        return verdicts.Keys.Where(due => !known.Contains(due)).Select(due => $"{due.UtcDateTime:yyyy-MM-dd HH:mm}Z was never due, and the engine has '{Fate(due)}'").FirstOrDefault();
    }

    private string? Fate(DateTimeOffset due)
    {
        if (!verdicts.TryGetValue(due, out var verdict))
            return null;
        if (!starts.TryGetValue(due, out var late))
            return verdict;
        var seconds = (long)late.TotalSeconds;
        var lateness = seconds > 0 || verdict != "started" ? string.Create(CultureInfo.InvariantCulture, $"+{seconds}") : "";
        return verdict + lateness + (replaced.Contains(due) ? " replaced" : "");
    }

    private static string Word(RunState state) => state switch
    {
        RunState.Skipped => "skipped",
        RunState.Suspended => "suspended",
        RunState.Missed => "missed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not passed over"),
    };
}
