using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Domain.Schedules;

public sealed class IanaTimeZoneSpecs
{
    [Theory]
    [InlineData("Europe/Oslo")]
    [InlineData("Etc/UTC")]
    [InlineData("UTC")]
    [InlineData("US/Pacific")]
    [InlineData("America/Argentina/Buenos_Aires")]
    [InlineData("Etc/GMT+5")]
    [InlineData("America/Port-au-Prince")]
    public void I_can_name_any_zone_that_the_controller_knows(string id)
    {
        Assert.True(IanaTimeZone.TryParse(id, out var zone, out _));
        Assert.Equal(id, zone.Id);
    }

    [Theory]
    [InlineData("", "is empty", "Europe/Oslo")]
    [InlineData(" ", "is empty", "Europe/Oslo")]
    [InlineData("Local", "'Local' is whatever the machine", "Europe/Oslo")]
    [InlineData("local", "'local' is whatever the machine", "Europe/Oslo")]
    [InlineData("localtime", "'localtime' is whatever the machine", "Europe/Oslo")]
    [InlineData("W. Europe Standard Time", "is a Windows name", "Europe/Oslo")]
    [InlineData("UTC+2", "'UTC+2' is an offset", "Etc/GMT-2")]
    [InlineData("+02:00", "'+02:00' is an offset", "Etc/GMT-2")]
    [InlineData("Europe/Olso", "'Europe/Olso' is not known", "Write Europe/Oslo.")]
    [InlineData("Amerika/New_York", "is not known", "Write America/New_York.")]
    [InlineData("europe/oslo", "is not known", "Write Europe/Oslo.")]
    [InlineData("Oslo", "is not known", "Write Europe/Oslo.")]
    [InlineData("New York", "is not known", "Write America/New_York.")]
    [InlineData("zulu", "is not known", "Europe/Oslo")]
    [InlineData("posix/Europe/Oslo", "is not known", "Write Europe/Oslo.")]
    [InlineData("right/Europe/Oslo", "is not known", "Write Europe/Oslo.")]
    [InlineData("posixrules", "is not known", "Europe/Oslo")]
    [InlineData("Europe", "is not known", "Europe/Oslo")]
    [InlineData("Mars/Olympus", "is not known", "Europe/Oslo")]
    [InlineData("../../../etc/passwd", "is not known", "Europe/Oslo")]
    [InlineData("/etc/localtime", "is not known", "Europe/Oslo")]
    [InlineData("Europe/../Europe/Oslo", "is not known", "Write Europe/Oslo.")]
    [InlineData("Europe/Oslo\0", "is not known", "Europe/Oslo")]
    [InlineData("Europe/Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", "is 65 characters long", "Europe/Oslo")]
    public void Anything_else_is_refused_with_what_was_probably_meant(string id, string message, string fix)
    {
        Assert.False(IanaTimeZone.TryParse(id, out var zone, out var problem));

        Assert.Null(zone);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }
}
