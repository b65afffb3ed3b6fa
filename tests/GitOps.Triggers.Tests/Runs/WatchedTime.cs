using Microsoft.Extensions.Time.Testing;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>A time of the test's own that knows how many wait for it: when all do that should, none of them works any more.</summary>
internal sealed class WatchedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int sleepers;

    public int Sleepers => Volatile.Read(ref sleepers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var sleep = new Sleep(this);
        sleep.Timer = base.CreateTimer(given =>
        {
            sleep.End();
            callback(given);
        }, state, dueTime, period);
        sleep.Begin();
        return sleep;
    }

    /// <summary>Counted from when an advance would end it until it is over or given up.</summary>
    private sealed class Sleep(WatchedTime time) : ITimer
    {
        private const int New = 0, Counted = 1, Ended = 2;
        private int state;

        public ITimer? Timer { get; set; }

        public void Begin()
        {
            if (Interlocked.CompareExchange(ref state, Counted, New) == New)
                Interlocked.Increment(ref time.sleepers);
        }

        public void End()
        {
            if (Interlocked.Exchange(ref state, Ended) == Counted)
                Interlocked.Decrement(ref time.sleepers);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Timer!.Change(dueTime, period);

        public void Dispose()
        {
            End();
            Timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
