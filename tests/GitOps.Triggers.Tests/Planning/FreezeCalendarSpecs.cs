using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using Xunit;

namespace GitOps.Triggers.Tests.Planning;

public sealed class FreezeCalendarSpecs
{
    [Theory]
    [InlineData("2026-03-06T15:59:59Z", "2026-03-06T15:59:59Z")]
    [InlineData("2026-03-06T16:00:00Z", "2026-03-09T08:00:00Z")]
    [InlineData("2026-03-08T12:34:56Z", "2026-03-09T08:00:00Z")]
    [InlineData("2026-03-09T07:59:59Z", "2026-03-09T08:00:00Z")]
    [InlineData("2026-03-09T08:00:00Z", "2026-03-09T08:00:00Z")]
    public void A_weekend_freeze_holds_from_friday_afternoon_to_monday_morning(string at, string open) =>
        Assert.Equal(Instant(open), FreezeCalendar.FirstOpen([Given.Freeze("0 16 * * FRI", "64h")], Instant(at)));

    [Theory]
    [InlineData("0 0 * * SAT", "1d", "0 0 * * SUN", "1d", "2026-03-09T00:00:00Z")] // One ends as the other opens.
    [InlineData("0 0 * * SAT", "30h", "0 0 * * SUN", "1d", "2026-03-09T00:00:00Z")] // They overlap.
    [InlineData("0 0 * * SAT", "4d", "0 0 * * SUN", "1h", "2026-03-11T00:00:00Z")] // One lies within the other.
    [InlineData("0 0 * * SAT", "1d", "1 0 * * SUN", "1d", "2026-03-08T00:00:00Z")] // A minute lies between them.
    public void Windows_without_a_gap_between_them_are_one(string first, string firstLength, string second, string secondLength, string open) =>
        Assert.Equal(Instant(open), FreezeCalendar.FirstOpen([Given.Freeze(first, firstLength), Given.Freeze(second, secondLength)], Instant("2026-03-07T10:00:00Z")));

    [Fact]
    public void A_window_that_opens_again_before_it_ends_goes_on() =>
        Assert.Equal(Instant("2026-03-06T19:30:00Z"), FreezeCalendar.FirstOpen([Given.Freeze("0 16,17,18 * * FRI", "90m")], Instant("2026-03-06T16:10:00Z")));

    [Fact]
    public void A_window_opens_in_its_own_time_zone_and_lasts_in_real_hours()
    {
        // Clocks in Oslo go forward in the night to Sunday, 29 March 2026.
        var window = new FreezeWindow(CronSchedule.Parse("0 16 * * FRI", "Europe/Oslo"), TimeSpan.FromHours(64));

        Assert.Equal(Instant("2026-03-30T07:00:00Z"), FreezeCalendar.FirstOpen([window], Instant("2026-03-27T15:00:00Z")));
    }

    [Theory]
    [InlineData("0 0 * * *", "24h")]
    [InlineData("* * * * *", "1m")]
    [InlineData("@hourly", "7d")]
    public void Windows_that_leave_no_gap_never_open(string schedule, string length) =>
        Assert.Null(FreezeCalendar.FirstOpen([Given.Freeze(schedule, length)], Instant("2026-03-07T10:00:00Z")));

    [Fact]
    public void Without_windows_it_is_open() =>
        Assert.Equal(Given.Now, FreezeCalendar.FirstOpen([], Given.Now));

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
