namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>
/// Looks for the next start as the Kubernetes controller does, one step of real time after the other: by months, days, hours, minutes and seconds. Nothing
/// is skipped and nothing computed; what clocks show comes from the zone's file. So slow that it can be read.
/// </summary>
internal sealed class PlainController(PlainSchedule schedule, ZoneFile zone)
{
    private const int HorizonYears = 5;

    /// <summary>A zone that leaves out a day would hold the controller up for ever.</summary>
    private const int MostSteps = 200_000;

    private int steps;
    private bool moved;
    private long now;

    private DateTime Local => DateTime.UnixEpoch.AddSeconds(now + zone.Offset(now));

    /// <param name="after">Seconds since 1970; the start is later than this one.</param>
    /// <param name="start">The start; none within five years.</param>
    /// <returns>Whether it could be told.</returns>
    public bool TryFind(long after, out long? start)
    {
        (now, moved, steps) = (after + 1, false, 0);
        var lastYear = Local.Year + HorizonYears;
        while (Local.Year <= lastYear && steps < MostSteps && zone.Knows(now))
        {
            if (!Month() || !Day() || !Hour() || !Minute() || !Second())
                continue;
            start = now;
            return zone.Knows(now);
        }
        start = null;
        return steps < MostSteps && zone.Knows(now);
    }

    private bool Month() => Reach(
        local => schedule.Months.Contains(local.Month),
        local => Instant(new DateTime(local.Year, local.Month, 1)),
        local => Instant(local.AddMonths(1)),
        local => local.Month == 1);

    private bool Day() => Reach(
        schedule.IsDue,
        local => Instant(local.Date),
        NextDay,
        local => local.Day == 1);

    private bool Hour() => Reach(
        local => schedule.Hours.Contains(local.Hour),
        local => Instant(local.Date.AddHours(local.Hour)),
        _ => now + 3600,
        local => local.Hour == 0);

    private bool Minute() => Reach(
        local => schedule.Minutes.Contains(local.Minute),
        _ => now - (now % 60),
        _ => now + 60,
        local => local.Minute == 0);

    private bool Second() => Reach(
        local => local.Second == 0,
        _ => now,
        _ => now + 1,
        local => local.Second == 0);

    /// <returns>Whether the field fits before it begins anew; if not, the larger fields must be looked at again.</returns>
    private bool Reach(Func<DateTime, bool> fits, Func<DateTime, long> begin, Func<DateTime, long> next, Func<DateTime, bool> beganAnew)
    {
        while (!fits(Local) && steps++ < MostSteps)
        {
            // The first step of all begins where the field does; from then on the smaller ones are at their beginning.
            if (!moved)
                now = begin(Local);
            moved = true;
            now = next(Local);
            if (beganAnew(Local))
                return false;
        }
        return true;
    }

    /// <summary>Where midnight is left out, the day is looked for an hour further on or back.</summary>
    private long NextDay(DateTime local)
    {
        now = Instant(local.AddDays(1));
        var hour = Local.Hour;
        return hour == 0 ? now : now + ((hour > 12 ? 24 - hour : -hour) * 3600L);
    }

    /// <summary>When clocks show this, in the way of Go's <c>time.Date</c>: the offset is the one of the same numbers read as UTC, unless it does not hold at the instant to which that leads.</summary>
    private long Instant(DateTime local)
    {
        var numbers = (local - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
        return numbers - zone.Offset(numbers - zone.Offset(numbers));
    }
}
