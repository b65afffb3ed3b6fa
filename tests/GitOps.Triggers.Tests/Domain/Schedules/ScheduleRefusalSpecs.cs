using System.Diagnostics;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain.Schedules;

public sealed class ScheduleRefusalSpecs
{
    [Theory]
    [Threat(29)]
    [InlineData("", "is empty", "0 9 * * MON-FRI")]
    [InlineData("  ", "is empty", "on demand only")]
    [InlineData("TZ=UTC 0 * * * *", "inside the schedule ('TZ=UTC')", "timeZone: UTC beside the schedule, and the schedule itself as '0 * * * *'")]
    [InlineData("CRON_TZ=Asia/Tokyo @daily", "inside the schedule ('CRON_TZ=Asia/Tokyo')", "timeZone: Asia/Tokyo beside the schedule, and the schedule itself as '@daily'")]
    [InlineData("@every 5m", "'@every 5m' counts from the run before", "'*/5 * * * *'")]
    [InlineData("@every 1h", "'@every 1h' counts from the run before", "'@hourly'")]
    [InlineData("@every 2h", "'@every 2h' counts from the run before", "'0 */2 * * *'")]
    [InlineData("@every 24h", "'@every 24h' counts from the run before", "'@daily'")]
    [InlineData("@every 1m", "'@every 1m' counts from the run before", "'* * * * *'")]
    [InlineData("@every 7m", "'@every 7m' counts from the run before", "'*/5 * * * *'")]
    [InlineData("@every 1m30s", "'@every 1m30s' counts from the run before", "'*/5 * * * *'")]
    [InlineData("@every", "'@every' counts from the run before", "'*/5 * * * *'")]
    [InlineData("@reboot", "'@reboot' has no time", "Leave the schedule out")]
    [InlineData("@dayly", "'@dayly' is not a known schedule", "Write @daily.")]
    [InlineData("@Daily", "'@Daily' is not a known schedule", "Write @daily.")]
    [InlineData("@fortnightly-or-so", "is not a known schedule", "Write one of @yearly,")]
    [InlineData(" @daily", "space around '@daily'", "Write '@daily'")]
    [InlineData("0 9 * *", "'0 9 * *' has 4 fields", "minute, hour, day of month, month, day of week")]
    [InlineData("daily", "'daily' has 1 field instead", "minute, hour, day of month, month, day of week")]
    [InlineData("0 0 9 * * MON", "6 fields; with seconds", "'0 9 * * MON'")]
    [InlineData("0 9 * * MON 2026", "6 fields; with years", "'0 9 * * MON'")]
    [InlineData("0 0 9 ? * MON 2026", "7 fields; with seconds and years", "'0 9 ? * MON'")]
    [InlineData("* * L * *", "day of month 'L' asks for the last day", "28-31")]
    [InlineData("* * L-3 * *", "day of month 'L-3' asks for the last day", "28-31")]
    [InlineData("* * 15W * *", "day of month '15W' asks for the nearest weekday", "28-31")]
    [InlineData("* * * * 5L", "day of week '5L' asks for the last day", "such as MON")]
    [InlineData("* * * * 1#2", "day of week '1#2' asks for the nth weekday", "such as MON")]
    [InlineData("0 0 31 2 *", "'0 0 31 2 *' never runs", "28")]
    [InlineData("0 0 30,31 FEB ?", "never runs", "28")]
    [InlineData("0 0 31 4,6,9,11 *", "never runs", "28")]
    [InlineData(", * * * *", "never runs: a field has no value", "Write *")]
    [InlineData("* * * , *", "never runs: a field has no value", "Write *")]
    [InlineData("* * , * ,", "never runs: a field has no value", "Write *")]
    [InlineData("* * * * ,", "never runs", "28")]
    [InlineData("0 22-1 * * *", "hour range '22-1' runs backwards", "Write 22-23,0-1.")]
    [InlineData("0 9 * * 6-0", "day of week range '6-0' runs backwards", "Write 6,0.")]
    [InlineData("0 9 * * FRI-MON", "day of week range 'FRI-MON' runs backwards", "Write FRI-SAT,SUN-MON.")]
    [InlineData("57-8/2 * * * *", "minute range '57-8/2' runs backwards", "one by one")]
    [InlineData("60 * * * *", "minute '60' is out of range: it goes from 0 to 59", "Write 0 for the full hour.")]
    [InlineData("61 * * * *", "minute '61' is out of range: it goes from 0 to 59", "Write a value in 0-59.")]
    [InlineData("0 24 * * *", "hour '24' is out of range: it goes from 0 to 23", "Write 0 for midnight.")]
    [InlineData("0 8-25 * * *", "hour '25' is out of range: it goes from 0 to 23", "Write a value in 0-23.")]
    [InlineData("0 0 0 * *", "day of month '0' is out of range: it goes from 1 to 31", "1-31")]
    [InlineData("0 0 1 13 *", "month '13' is out of range: it goes from 1 to 12", "1-12 or JAN-DEC")]
    [InlineData("0 0 * * 7", "day of week '7' is out of range: it goes from 0 to 6", "Write 0 or SUN for Sunday.")]
    [InlineData("0 0 * * 0-7", "day of week '7' is out of range", "Write 0 or SUN for Sunday.")]
    [InlineData("99999999999999999999 * * * *", "is neither a number", "0-59")]
    [InlineData("*/0 * * * *", "step '0' of the minute '*/0'", "1 or more")]
    [InlineData("*/ * * * *", "step '' of the minute '*/'", "1 or more")]
    [InlineData("1-2-3 * * * *", "minute '1-2-3' has more than one", "1-5")]
    [InlineData("1/2/3 * * * *", "minute '1/2/3' has more than one", "1-5")]
    [InlineData("-1 * * * *", "minute '-1' lacks a value", "0-59")]
    [InlineData("0 9 * * MON-", "day of week 'MON-' lacks a value", "SUN-SAT")]
    [InlineData("0 9 * * Monday", "'Monday' is neither a number nor a known name", "Write MON.")]
    [InlineData("0 9 * sept *", "'sept' is neither a number nor a known name", "Write SEP.")]
    [InlineData("0 nine * * *", "hour 'nine' is neither a number", "0-23")]
    [InlineData("H 9 * * *", "minute 'H' uses H", "Write a value in 0-59.")]
    public void Each_refusal_says_what_it_saw_and_what_to_write(string expression, string message, string fix)
    {
        Assert.False(CronSchedule.TryParse(expression, "Etc/UTC", out var schedule, out var problem));

        Assert.Null(schedule);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 0 29 2 *")]
    [InlineData("0 0 31 2 MON")]
    [InlineData("0 0 , * MON")]
    [InlineData("0 0 31 1,2 *")]
    public void A_schedule_that_runs_now_and_then_is_taken(string expression) =>
        Assert.NotNull(CronSchedule.Parse(expression, "Etc/UTC").Next(DateTimeOffset.UnixEpoch));

    [Fact]
    public void All_wrong_fields_are_named_at_once()
    {
        Assert.False(CronSchedule.TryParse("60 24 0 13 7", "Etc/UTC", out _, out var problem));

        foreach (var kind in CronFieldKind.All)
            Assert.Contains($"The {kind.Name} '", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("TZ=UTC 0 * * * *")]
    [InlineData("CRON_TZ=Asia/Tokyo @daily")]
    [InlineData("@every 5m")]
    [InlineData("@every 3h")]
    [InlineData("@every 24h")]
    [InlineData("@every 90m")]
    [InlineData("@reboot")]
    [InlineData(" @daily")]
    [InlineData("0 9 * *")]
    [InlineData("0 0 9 * * MON")]
    [InlineData("0 9 * * MON 2026")]
    [InlineData("0 0 9 ? * MON 2026")]
    public void The_schedule_that_a_refusal_suggests_is_taken(string expression)
    {
        Assert.False(CronSchedule.TryParse(expression, "Etc/UTC", out _, out var problem));

        Assert.NotNull(CronSchedule.Parse(problem.Fix.Split('\'')[1], "Etc/UTC"));
    }

    [Fact]
    public void The_range_that_a_refusal_suggests_holds_what_was_meant()
    {
        Assert.False(CronSchedule.TryParse("0 9 * * FRI-MON", "Etc/UTC", out _, out var problem));

        var suggested = CronSchedule.Parse($"0 9 * * {problem.Fix["Write ".Length..^1]}", "Etc/UTC");
        Assert.Equal("every Monday, Friday, Saturday and Sunday at 09:00 Etc/UTC", suggested.Describe());
    }

    [Fact]
    public void A_refused_schedule_cannot_be_parsed_without_looking() =>
        Assert.Contains("Write @daily.", Assert.Throws<FormatException>(() => CronSchedule.Parse("@dayly", "Etc/UTC")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_long_schedule_is_not_looked_at()
    {
        var longest = "0 9 * * " + string.Join(',', Enumerable.Repeat("1", 124));
        Assert.Equal(ScheduleLimits.LongestExpression - 1, longest.Length);

        Assert.True(CronSchedule.TryParse(longest + ',', "Etc/UTC", out _, out _));
        Assert.False(CronSchedule.TryParse(longest + ",1", "Etc/UTC", out _, out var problem));
        Assert.Contains("257 characters", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_shown_cannot_steer_a_terminal_or_a_log()
    {
        Assert.False(CronSchedule.TryParse("\u001b[31m\u0000 * * * *", "Etc/\u001b[31m\nUTC", out _, out var zone));
        Assert.False(CronSchedule.TryParse("\u001b[31m\u0000 * * * *", "Etc/UTC", out _, out var expression));

        Assert.DoesNotContain(zone.Message + expression.Message, char.IsControl);
    }

    [Fact]
    public void Sixty_kilobytes_of_anything_are_refused_at_once()
    {
        const int size = 60 << 10;
        string[] units = ["*", "1,", "1-", "1/", "*/", "H(", "H,", "@", "@every ", "TZ=", "L#W", "9", " ", "* ", "\u00a0", "MON,"];
        var inputs = units.Select(unit => string.Concat(Enumerable.Repeat(unit, size / unit.Length))).ToList();
        Assert.True(CronSchedule.TryParse("0 9 * * *", "Etc/UTC", out _, out _));

        var watch = Stopwatch.StartNew();
        foreach (var input in inputs)
        {
            Assert.False(CronSchedule.TryParse(input, "Etc/UTC", out _, out _));
            Assert.False(CronSchedule.TryParse("0 9 * * *", input, out _, out _));
            Assert.False(HashedSchedule.TryResolve(input, "seed", out _, out _));
            CronFields.TryParse(input, out _, out _); // Without the cap, since it must be linear by itself.
        }
        watch.Stop();

        Assert.True(watch.Elapsed < TimeSpan.FromMilliseconds(100 * inputs.Count), $"{inputs.Count} inputs took {watch.Elapsed}");
    }
}
