namespace GitOps.Triggers.Tests.Cli;

/// <summary>Whoever waits is woken at once, and as much time has passed as was to be waited.</summary>
internal sealed class HastyClock(DateTimeOffset start) : TimeProvider
{
    private long passed;

    public override DateTimeOffset GetUtcNow() => start + TimeSpan.FromTicks(Interlocked.Read(ref passed));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref passed, Math.Max(0, dueTime.Ticks));
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
