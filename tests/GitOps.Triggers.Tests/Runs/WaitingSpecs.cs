using GitOps.Triggers.Runs;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

public class WaitingSpecs
{
    [Fact]
    public async Task A_time_that_comes_between_two_looks_at_the_clock_ends_the_wait()
    {
        var clock = new SteppingClock();

        await Waiting.UntilAsync(SteppingClock.Start.AddMilliseconds(1), clock, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.True(clock.GetUtcNow() > SteppingClock.Start);
    }

    /// <summary>As on a busy machine: between any two looks 2.5 ms pass.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        private int looks = -1;

        public override DateTimeOffset GetUtcNow() => Start.AddMilliseconds(2.5 * Interlocked.Increment(ref looks));
    }
}
