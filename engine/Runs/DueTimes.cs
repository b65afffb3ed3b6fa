using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>The newest due times of a period, without going through all of a long one.</summary>
/// <param name="Newest">Oldest first.</param>
/// <param name="Earlier">About how many there were before them.</param>
internal sealed record DueTimes(IReadOnlyList<DateTimeOffset> Newest, long Earlier)
{
    private static readonly DueTimes None = new([], 0);

    /// <summary>After <paramref name="since"/>, not later than <paramref name="until"/>.</summary>
    public static DueTimes Between(CronSchedule schedule, DateTimeOffset since, DateTimeOffset until, int limit)
    {
        if (schedule.Next(since) is not { } first || first > until)
            return None;
        var step = schedule.Next(first) - first ?? TimeSpan.Zero;
        // From an estimate backwards, wider as long as it holds too few: a schedule need not be regular.
        for (var span = step * limit; ; span *= 4)
        {
            var from = span > TimeSpan.Zero && span < until - since ? until - span : since;
            var newest = Last(schedule, from, until, limit);
            if (newest.Count < limit && from > since)
                continue;
            var earlier = newest.Count < limit ? 0 : schedule.Due(since, newest[0] - TimeSpan.FromSeconds(1)).Count;
            return new DueTimes(newest, earlier);
        }
    }

    private static List<DateTimeOffset> Last(CronSchedule schedule, DateTimeOffset from, DateTimeOffset until, int limit)
    {
        var newest = new Queue<DateTimeOffset>();
        for (var next = schedule.Next(from); next <= until; next = schedule.Next(next.Value))
        {
            if (newest.Count == limit)
                newest.Dequeue();
            newest.Enqueue(next!.Value);
        }
        return [.. newest];
    }
}
