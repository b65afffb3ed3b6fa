using System.Threading.Channels;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Intake;

/// <summary>
/// Runs the passes that are due: one at a time per key, several across keys, at once after a mark and by time after a failure or a hold.
/// The rows in the store are the queue; what is in memory is made from them at start.
/// </summary>
internal sealed partial class WorkQueue(WorkStore store, EngineConfiguration configuration, EventHub events, TimeProvider time, ILogger<WorkQueue> logger)
{
    // A clock that is set forward must not make work wait for as long as it was set.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // Whoever asks to be left alone for longer is asked again all the same: it may be a slip, and nobody would notice.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly WorkSchedule schedule = new(configuration.Limits.ParallelPasses, configuration.Limits.ParallelPassesPerRepository);
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What is stored as due has been read: what is due gets its pass.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Stores that these keys are due now, and starts on them. Several marks before a pass begins are one pass.</summary>
    public async Task MarkAsync(IEnumerable<WorkKey> keys, string reason, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        List<WorkMark> marks = [.. keys.Distinct().Select(key => new WorkMark(key, now, reason))];
        try
        {
            await store.MarkAsync(marks, ct);
        }
        finally
        {
            // Even after a failure, which may have come after the commit: a look too many does no harm.
            Marked(marks);
        }
    }

    /// <summary>To be called after marks were stored by somebody else.</summary>
    public void Marked(IReadOnlyList<WorkMark> marks)
    {
        List<WorkMark> fresh;
        lock (gate)
            fresh = [.. marks.Where(mark => schedule.Mark(mark.Key, mark.DueAt, time.GetTimestamp()))];
        if (marks.Count > 0)
            wake.Writer.TryWrite(true);
        foreach (var mark in fresh)
            events.Publish(new EngineEvent.WorkMarked(mark.Key, mark.Reason));
    }

    /// <summary>Until <paramref name="ct"/>; then it waits for the passes that run, which get the same token. What they do not complete stays stored.</summary>
    public async Task RunAsync(Func<WorkContext, CancellationToken, Task<WorkResult>> pass, CancellationToken ct)
    {
        // A database that does not answer yet is asked again: to end here would end the engine.
        await Insistence.UntilDoneAsync(LoadAsync, NotLoaded, time, ct);
        IsReady = true;
        await using var timer = time.CreateTimer(_ => wake.Writer.TryWrite(true), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var running = new List<Task>();
        try
        {
            while (true)
            {
                running.RemoveAll(task => task.IsCompleted);
                // One time for both: what comes due between them would be neither taken nor waited for.
                var now = time.GetUtcNow();
                while (Take(now) is { } taken)
                    running.Add(Task.Run(() => RunAsync(taken.Key, taken.Marks, taken.Asked, pass, ct), CancellationToken.None));
                timer.Change(UntilNext(now), Timeout.InfiniteTimeSpan);
                await wake.Reader.ReadAsync(ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task LoadAsync(CancellationToken ct)
    {
        var stored = await store.ListAsync(ct);
        lock (gate)
        {
            foreach (var item in stored)
                schedule.Mark(item.Key, item.DueAt);
        }
        Loaded(stored.Count);
    }

    private (WorkKey Key, ChannelReader<bool> Marks, long? Asked)? Take(DateTimeOffset now)
    {
        lock (gate)
            return schedule.Take(now);
    }

    private TimeSpan UntilNext(DateTimeOffset now)
    {
        lock (gate)
            return schedule.NextDue(now) is not { } next ? Timeout.InfiniteTimeSpan : next - now < LongestWait ? next - now : LongestWait;
    }

    private async Task RunAsync(WorkKey key, ChannelReader<bool> marks, long? asked, Func<WorkContext, CancellationToken, Task<WorkResult>> pass, CancellationToken ct)
    {
        DateTimeOffset? next = null;
        try
        {
            next = await RunStoredAsync(key, marks, asked, pass, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            HandedBack(key);
        }
        catch (Exception failure)
        {
            // The row stays as it is; only when to look at it again is in memory.
            next = time.GetUtcNow() + BackOff.First;
            StoreFailed(key, failure);
        }
        lock (gate)
            schedule.Finish(key, next);
        wake.Writer.TryWrite(true);
    }

    /// <returns>When the key is due again; none when nothing is left to do.</returns>
    private async Task<DateTimeOffset?> RunStoredAsync(WorkKey key, ChannelReader<bool> marks, long? asked, Func<WorkContext, CancellationToken, Task<WorkResult>> pass, CancellationToken ct)
    {
        var item = await store.FindAsync(key, ct);
        if (item is null || item.DueAt > time.GetUtcNow())
            return item?.DueAt;
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["repository"] = key.Repository.Value, ["environment"] = key.Environment.Value });
        var result = await GuardedAsync(new WorkContext(item, marks) { Asked = asked, Aside = () => new StandingAside(this, key) }, pass, ct);
        // What a pass has done is recorded even when the engine is stopping.
        return await SettleAsync(item, result, CancellationToken.None);
    }

    private void StepAside(WorkKey key)
    {
        lock (gate)
        {
            if (!schedule.StepAside(key))
                return;
        }
        wake.Writer.TryWrite(true);
    }

    private void StepBack(WorkKey key)
    {
        lock (gate)
            schedule.StepBack(key);
    }

    private async Task<WorkResult> GuardedAsync(WorkContext work, Func<WorkContext, CancellationToken, Task<WorkResult>> pass, CancellationToken ct)
    {
        try
        {
            return await pass(work, ct);
        }
        catch (Exception failure) when (!(failure is OperationCanceledException && ct.IsCancellationRequested))
        {
            PassFailed(work.Item.Key, work.Item.Attempt + 1, failure);
            return new WorkResult.RetryAfter(null, $"an unexpected {failure.GetType().Name}; the engine's log has the details");
        }
    }

    private async Task<DateTimeOffset?> SettleAsync(WorkItem item, WorkResult result, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        switch (result)
        {
            case WorkResult.Completed:
                return await store.CompleteAsync(item, ct) ? null : now;
            case WorkResult.RetryAfter retry:
                var attempt = item.Attempt + 1;
                var due = now + Delay(retry.After, attempt);
                return await PostponeAsync(item, retry.Latest < due ? retry.Latest.Value : due, attempt, retry.Reason, ct);
            case WorkResult.Again again:
                return await PostponeAsync(item, again.At, attempt: 0, again.Reason, ct);
            default:
                throw new InvalidOperationException($"No way to settle {result.GetType().Name}.");
        }
    }

    /// <summary>Who asks for a moment each time is asked less and less often too.</summary>
    private static TimeSpan Delay(TimeSpan? asked, int attempt)
    {
        var backOff = BackOff.After(attempt, Random.Shared.NextDouble());
        return asked is not { } after || after < backOff ? backOff : after < LongestDelay ? after : LongestDelay;
    }

    private async Task<DateTimeOffset?> PostponeAsync(WorkItem item, DateTimeOffset dueAt, int attempt, string reason, CancellationToken ct) =>
        await store.PostponeAsync(item, dueAt, attempt, reason, ct) ? dueAt : time.GetUtcNow();

    private sealed class StandingAside : IDisposable
    {
        private readonly WorkQueue queue;
        private readonly WorkKey key;

        public StandingAside(WorkQueue queue, WorkKey key)
        {
            (this.queue, this.key) = (queue, key);
            queue.StepAside(key);
        }

        public void Dispose() => queue.StepBack(key);
    }
}
