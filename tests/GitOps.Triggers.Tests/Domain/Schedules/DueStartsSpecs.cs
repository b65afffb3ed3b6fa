using System.Globalization;
using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain.Schedules;

/// <summary>What the controller makes up for after it was away.</summary>
public sealed class DueStartsSpecs
{
    [Theory]
    [InlineData("0 * * * *", "2026-06-01 09:00", "2026-06-01 09:59", null, 0)]
    [InlineData("0 * * * *", "2026-06-01 09:00", "2026-06-01 10:00", "2026-06-01 10:00", 1)]
    [InlineData("0 * * * *", "2026-06-01 09:00", "2026-06-01 13:30", "2026-06-01 13:00", 4)]
    [InlineData("0 9 * * *", "2026-06-01 09:00", "2026-06-01 08:00", null, 0)]
    [InlineData("*/5 * * * *", "2026-06-01 09:00", "2026-06-05 09:02", "2026-06-05 09:00", 1152)]
    [InlineData("30 6-16/4 * * 1-5", "2026-06-01 00:00", "2026-06-01 15:00", "2026-06-01 14:30", 3)]
    [InlineData("0 0 29 2 *", "2090-01-01 00:00", "2099-01-01 00:00", "2096-02-29 00:00", 2)]
    [InlineData("0 0 29 2 *", "2096-01-01 00:00", "2099-01-01 00:00", "2096-02-29 00:00", 1)]
    [InlineData("0 0 29 2 *", "2096-03-01 00:00", "2099-01-01 00:00", null, 0)]
    // The estimate goes on through the evening, the weekend, looks there, finds nothing, and what was due before is not made up for.
    [InlineData("30 6-16/4 * * 1-5", "2026-06-01 00:00", "2026-06-01 20:00", null, 4)]
    [InlineData("0 9,10 * * MON-FRI", "2026-06-05 08:00", "2026-06-06 12:00", null, 28)]
    public void The_most_recent_start_is_made_up_for(string expression, string since, string now, string? mostRecent, long count)
    {
        var due = CronSchedule.Parse(expression, "Etc/UTC").Due(Utc(since), Utc(now));

        Assert.Equal(new DueStarts(mostRecent is null ? null : Utc(mostRecent), count), due);
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
