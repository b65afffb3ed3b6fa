using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>Times by the clock of a schedule's zone, and what that clock does when it is set forward or back.</summary>
internal sealed class ZoneClock(string zone)
{
    private const string UtcName = "Etc/UTC";

    private static readonly TimeSpan Search = TimeSpan.FromHours(26);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    private readonly TimeZoneInfo rules = TimeZoneInfo.FindSystemTimeZoneById(zone);

    public static ZoneClock Utc { get; } = new(UtcName);

    /// <summary><c>Mon 2026-03-30 09:00 Europe/Oslo (07:00 UTC)</c></summary>
    public string Show(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, rules);
        var utc = time.UtcDateTime.ToString(time.UtcDateTime.Date == local.Date ? "HH:mm" : "ddd HH:mm", CultureInfo.InvariantCulture);
        return local.Offset == TimeSpan.Zero
            ? local.ToString("ddd yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{local:ddd yyyy-MM-dd HH:mm} {zone} ({utc} UTC)");
    }

    /// <summary>Whether the schedule names, on that day, a time that the clock left out when it was set forward.</summary>
    public string? LeftOut(CronSchedule schedule, DateTimeOffset near)
    {
        if (ChangeAround(near) is not { } change || change.Gap <= TimeSpan.Zero)
            return null;
        // The schedule read in UTC runs through the wall's times without any change.
        var (from, to) = (AsUtc(change.Before), AsUtc(change.Before) + change.Gap);
        return CronSchedule.Parse(schedule.Expression, UtcName).Next(from.AddSeconds(-1)) is { } wall && wall < to
            ? string.Create(CultureInfo.InvariantCulture, $"On {from:yyyy-MM-dd} the clocks of {zone} went from {from:HH:mm} to {to:HH:mm}, so {wall:HH:mm} did not come.")
            : null;
    }

    /// <summary>Whether that time came twice, since the clock was set back.</summary>
    public string? Repetition(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, rules).DateTime;
        if (!rules.IsAmbiguousTime(local))
            return null;
        var first = rules.GetAmbiguousTimeOffsets(local).Max() == rules.GetUtcOffset(time);
        return string.Create(CultureInfo.InvariantCulture, $"The clocks of {zone} were set back, so {local:HH:mm} came twice; this was the {(first ? "first" : "second")} one, and Kubernetes runs at both.");
    }

    private (DateTime Before, TimeSpan Gap)? ChangeAround(DateTimeOffset near)
    {
        var day = TimeZoneInfo.ConvertTime(near, rules).Date;
        for (var at = near - Search; at < near + Search; at += Step)
        {
            var gap = rules.GetUtcOffset(at + Step) - rules.GetUtcOffset(at);
            if (gap == TimeSpan.Zero)
                continue;
            var change = FirstAfterChange(at);
            var before = (change.UtcDateTime + rules.GetUtcOffset(at));
            if (before.Date == day)
                return (before, gap);
        }
        return null;
    }

    private DateTimeOffset FirstAfterChange(DateTimeOffset at)
    {
        var (minute, before) = (at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMinute)), rules.GetUtcOffset(at));
        while (rules.GetUtcOffset(minute) == before)
            minute = minute.AddMinutes(1);
        return minute;
    }

    private static DateTimeOffset AsUtc(DateTime wall) => new(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), TimeSpan.Zero);
}
