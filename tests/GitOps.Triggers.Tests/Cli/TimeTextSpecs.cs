using System.Globalization;
using GitOps.Triggers.Cli;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

public sealed class TimeTextSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 3, 27, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.2, "now")]
    [InlineData(4.5, "in 4 s")]
    [InlineData(-42, "42 s ago")]
    [InlineData(240, "in 4 min")]
    [InlineData(217, "in 3 min 37 s")]
    [InlineData(3_000, "in 50 min")]
    [InlineData(-8_100, "2 h 15 min ago")]
    [InlineData(108_000, "in 30 h")]
    [InlineData(-864_000, "10 d ago")]
    public void A_distance_is_said_as_people_say_it(double seconds, string said) =>
        Assert.Equal(said, TimeText.Relative(Now.AddSeconds(seconds), Now));

    [Theory]
    [InlineData("2026-03-27T12:00Z", "Europe/Oslo", "13:00 CET")]
    [InlineData("2026-03-29T12:00Z", "Europe/Oslo", "Sun 14:00 CEST")]
    [InlineData("2026-07-01T12:00Z", "America/Sao_Paulo", "2026-07-01 09:00 -03:00")]
    [InlineData("2026-03-27T12:00Z", "Etc/UTC", "12:00 UTC")]
    public void A_time_is_said_by_the_clocks_of_its_zone(string time, string zone, string said) =>
        Assert.Equal(said, TimeText.Clock(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), Now, TimeText.Zone(zone)));
}
