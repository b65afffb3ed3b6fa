using GitOps.Triggers.Intake;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class BackOffSpecs
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(6, 160)]
    [InlineData(7, 300)]
    [InlineData(1_000_000, 300)]
    public void Waiting_doubles_up_to_five_minutes_and_spreads_by_a_fifth(int attempt, int seconds)
    {
        Assert.Equal(seconds, BackOff.After(attempt, 0.5).TotalSeconds, 3);
        Assert.Equal(seconds * 0.8, BackOff.After(attempt, 0).TotalSeconds, 3);
        Assert.Equal(seconds * 1.2, BackOff.After(attempt, 1).TotalSeconds, 3);
    }
}
