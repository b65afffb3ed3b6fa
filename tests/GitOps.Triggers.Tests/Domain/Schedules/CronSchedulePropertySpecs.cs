using CsCheck;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain.Schedules;

public sealed class CronSchedulePropertySpecs
{
    private static readonly Gen<CronSchedule?> AnySchedule = Schedules(ScheduleGen.AnyZone);

    [Fact]
    public void A_start_is_strictly_later_and_on_a_full_minute() =>
        Gen.Select(AnySchedule, ScheduleGen.Instant).Sample((schedule, after) =>
            schedule?.Next(after) is not { } next || (next > after && next.UtcTicks % TimeSpan.TicksPerMinute == 0));

    [Fact]
    public void Several_starts_are_the_next_ones_in_order() =>
        Gen.Select(AnySchedule, ScheduleGen.Instant).Sample((schedule, after) =>
        {
            if (schedule is null)
                return;
            var last = after;
            foreach (var start in schedule.Upcoming(after, 5))
            {
                Assert.Equal(schedule.Next(last), start);
                last = start;
            }
        });

    [Fact]
    public void A_start_is_found_from_just_before_it() =>
        Gen.Select(Schedules(ScheduleGen.OrdinaryZone), ScheduleGen.Instant).Sample((schedule, after) =>
            schedule?.Next(after) is not { } next || schedule.Next(next.AddSeconds(-1)) == next);

    /// <summary>A second opinion that shares nothing with the walk: look at the clock, minute by minute.</summary>
    [Fact]
    public void Where_clocks_change_by_whole_hours_a_start_is_the_first_minute_that_matches() =>
        Gen.Select(ScheduleGen.Fields, ScheduleGen.OrdinaryZone, ScheduleGen.Instant).Sample((fields, zone, after) =>
        {
            // Months are left open, so that most starts lie within the days that are looked at.
            var expression = string.Join(' ', fields[0], fields[1], fields[2], "*", fields[4]);
            if (!CronSchedule.TryParse(expression, zone, out var schedule, out _) || !CronFields.TryParse(expression, out var parsed, out _))
                return;
            var limit = after.AddDays(4);
            var next = schedule.Next(after);
            Assert.Equal(FirstMatch(parsed, TimeZoneInfo.FindSystemTimeZoneById(zone), after, limit), next <= limit ? next : null);
        }, iter: 300);

    [Fact]
    public void What_is_due_is_never_in_the_future_and_never_from_before() =>
        Gen.Select(AnySchedule, ScheduleGen.Instant, Gen.Int[-100, 500_000]).Sample((schedule, since, seconds) =>
        {
            var now = since.AddSeconds(seconds);
            var due = schedule?.Due(since, now) ?? DueStarts.None;
            Assert.True(due.MostRecent is not { } start || (start > since && start <= now && due.Count > 0));
        });

    private static DateTimeOffset? FirstMatch(CronFields fields, TimeZoneInfo zone, DateTimeOffset after, DateTimeOffset limit)
    {
        var minute = after.AddTicks(TimeSpan.TicksPerMinute - (after.UtcTicks % TimeSpan.TicksPerMinute));
        for (; minute <= limit; minute = minute.AddMinutes(1))
        {
            var local = TimeZoneInfo.ConvertTime(minute, zone);
            var (date, weekday) = (fields.DaysOfMonth.Contains(local.Day), fields.DaysOfWeek.Contains((int)local.DayOfWeek));
            if (fields.Minutes.Contains(local.Minute) && fields.Hours.Contains(local.Hour) && (fields.BothDaysMustMatch ? date && weekday : date || weekday))
                return minute;
        }
        return null;
    }

    /// <summary>None where the fields name a day that never comes.</summary>
    private static Gen<CronSchedule?> Schedules(Gen<string> zones) =>
        Gen.Select(ScheduleGen.Fields, zones).Select((fields, zone) =>
            CronSchedule.TryParse(string.Join(' ', fields), zone, out var schedule, out _) ? schedule : null);
}
