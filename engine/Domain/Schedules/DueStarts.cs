namespace GitOps.Triggers.Domain;

/// <summary>What a controller finds to have become due since it last started something.</summary>
/// <param name="MostRecent">The start to make up for: one only, however many were due.</param>
/// <param name="Count">How many were due. Exact when the schedule is regular; otherwise the controller's own estimate, from the distance of the first two.</param>
internal sealed record DueStarts(DateTimeOffset? MostRecent, long Count)
{
    public static DueStarts None { get; } = new(null, 0);

    /// <summary>
    /// The controller's <c>mostRecentScheduleTime</c>. It does not count, it estimates, and searches only from the estimated last but one on. So an
    /// irregular schedule may have had starts and give none to make up for: <c>0 9,10 * * MON-FRI</c>, away from Friday to Saturday, waits for Monday.
    /// </summary>
    /// <seealso href="https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/cronjob/utils.go"/>
    public static DueStarts Find(Func<DateTimeOffset, DateTimeOffset?> next, DateTimeOffset since, DateTimeOffset now)
    {
        if (next(since) is not { } first || now < first)
            return None;
        if (next(first) is not { } second || now < second)
            return new DueStarts(first, 1);

        var interval = second - first;
        var count = (Seconds(now - first) / Seconds(interval)) + 1;
        DateTimeOffset? mostRecent = null;
        for (var start = next(first + (interval * (count - 2))); start <= now; start = next(start.Value))
            mostRecent = start;
        return new DueStarts(mostRecent, count);
    }

    private static long Seconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerSecond;
}
