namespace GitOps.Triggers.Domain;

/// <summary>
/// Finds the next start as the Kubernetes controller does (robfig/cron v3.0.1, <c>SpecSchedule.Next</c>), where clocks are changed included.
/// <para>
/// The controller does not ask which local time is next: it walks, an hour and then a minute of real time at a step, and looks at the clock after each.
/// Most of what follows from that is what one would want: a time that is left out is passed over, a time that comes twice is run twice.
/// Some is not, and people would rather see it than learn it: where half an hour is left out (Lord Howe) the walk goes on at half past, and so misses
/// full hours up to the next midnight at least; where the hour from a quarter to is left out (Chatham), the quarter of an hour after it is missed; where midnight is left out, the walk does not notice the new day (Havana), or loses that day (Cairo).
/// No question to a calendar library gives these answers, so only the days come from one (<see cref="DueDays"/>), and the walk is the controller's.
/// </para>
/// </summary>
internal struct ControllerWalk
{
    private const int HorizonYears = 5, HoursPerDay = 24, MinutesPerHour = 60;

    private readonly CronFields fields;
    private readonly DueDays days;
    private readonly IanaTimeZone zone;
    private readonly int lastYear;
    private DateTime utc;
    private DateTime local;

    /// <summary>From its first step on, the walk stands on a full minute and never looks back to where it began.</summary>
    private bool stepped;

    private ControllerWalk(CronFields fields, DueDays days, IanaTimeZone zone, DateTime start)
    {
        (this.fields, this.days, this.zone) = (fields, days, zone);
        MoveTo(start);
        stepped = false;
        lastYear = local.Year + HorizonYears;
    }

    /// <returns>The next start, strictly later, with the zone's offset; none within five years.</returns>
    public static DateTimeOffset? Next(CronFields fields, DueDays days, IanaTimeZone zone, DateTimeOffset after)
    {
        var second = new DateTime(after.UtcTicks - (after.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc).AddSeconds(1);
        var walk = new ControllerWalk(fields, days, zone, second);
        while (walk.ReachDay())
        {
            if (!walk.ReachHour() || !walk.ReachMinute())
                continue;
            if (walk.local.Second == 0)
                return new DateTimeOffset(DateTime.SpecifyKind(walk.local, DateTimeKind.Unspecified), walk.local - walk.utc);
            walk.MoveTo(walk.utc.AddSeconds(60 - walk.local.Second));
        }
        return null;
    }

    private bool ReachDay()
    {
        while (local.Year <= lastYear)
        {
            if (!fields.Months.Contains(local.Month))
            {
                EnterMonth();
                continue;
            }
            if (days.OnOrAfter(local) is not { } due)
                return false;
            if (due.Date == local.Date)
                return true;
            // From day to day only within months that are due.
            var next = FirstOf(local).AddMonths(1);
            EnterDay(due.Date > next && !fields.Months.Contains(next.Month) ? next : due.Date);
        }
        return false;
    }

    /// <summary>Months are entered on their first day, at midnight or at the minute to which a changed clock has moved the walk; a midnight that is left out is its first hour.</summary>
    private void EnterMonth()
    {
        var past = stepped ? local.TimeOfDay : TimeSpan.Zero;
        MoveTo(zone.ToUtc(FirstOf(local).AddMonths(1) + new TimeSpan(past.Hours, past.Minutes, 0)));
    }

    private static DateTime FirstOf(DateTime day) => new(day.Year, day.Month, 1);

    /// <summary>Days are entered at midnight, or at the minute past it to which a changed clock has moved the walk.</summary>
    private void EnterDay(DateTime day)
    {
        var began = utc;
        var past = stepped ? TimeSpan.FromMinutes(local.Minute) : TimeSpan.Zero;
        MoveTo(zone.ToUtc(day + past));
        // Midnight may be left out. West of Greenwich this is the evening before: on to the day's first hour.
        if (local.Hour > 12)
            MoveTo(utc.AddHours(HoursPerDay - local.Hour));
        // East of it this is the day's first hour: the controller steps back, out of the day, and loses it. A zone that leaves out a whole day
        // (Samoa in 2011) would even hold the controller up for ever; here that day is lost as well.
        else if (local.Hour > 0 || utc <= began)
            MoveTo(zone.ToUtc(day.AddDays(1) + past));
    }

    /// <returns>Whether such an hour is left before midnight. A missing midnight goes unnoticed.</returns>
    private bool ReachHour()
    {
        while (!fields.Hours.Contains(local.Hour))
        {
            if (!stepped)
                MoveTo(zone.ToUtc(local.Date.AddHours(local.Hour)));
            Step(TimeSpan.FromHours(1), fields.Hours.After(local.Hour, HoursPerDay) - local.Hour);
            if (local.Hour == 0)
                return false;
        }
        return true;
    }

    /// <returns>Whether such a minute is left before the full hour. A missing full hour goes unnoticed.</returns>
    private bool ReachMinute()
    {
        while (!fields.Minutes.Contains(local.Minute))
        {
            if (local.Second > 0)
                MoveTo(utc.AddSeconds(-local.Second));
            Step(TimeSpan.FromMinutes(1), fields.Minutes.After(local.Minute, MinutesPerHour) - local.Minute);
            if (local.Minute == 0)
                return false;
        }
        return true;
    }

    /// <summary>Goes many steps at once where no clock is changed on the way, which comes to the same; otherwise one.</summary>
    private void Step(TimeSpan step, int steps)
    {
        var (from, shown) = (utc, local);
        MoveTo(from + (step * steps));
        if (local - shown != step * steps)
            MoveTo(from + step);
    }

    private void MoveTo(DateTime instant)
    {
        utc = instant;
        local = zone.ToLocal(instant);
        stepped = true;
    }
}
