using System.Threading.Channels;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Intake;

/// <summary>
/// Group commit: deliveries that come at the same time share one transaction, and so one flush of the disk. Each is answered only after
/// the transaction that holds it has been committed.
/// </summary>
internal sealed partial class Inbox(DeliveryWriter writer, WorkQueue queue, TimeProvider time, ILogger<Inbox> logger) : IHostedService
{
    private const int Batch = 500;
    private const int Waiting = 5_000;

    // GitHub gives up after 10 seconds; a refusal that comes before then is shown to whoever looks at the delivery.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(10);

    private readonly Channel<Entry> waiting = Channel.CreateBounded<Entry>(new BoundedChannelOptions(Waiting) { SingleReader = true });
    private Task writing = Task.CompletedTask;
    private volatile bool isStopping;

    /// <returns><c>Done</c> when it is on the disk; <c>Retry</c> when that did not come about in time (it may yet).</returns>
    public async Task<StageResult<Delivery>> StoreAsync(Delivery delivery, IReadOnlyList<WorkMark> marks, CancellationToken ct)
    {
        var entry = new Entry(delivery, marks);
        if (!waiting.Writer.TryWrite(entry))
            return Refused("too many deliveries wait for the database, or the engine is stopping");
        try
        {
            return await entry.Stored.Task.WaitAsync(Patience, time, ct)
                ? new StageResult<Delivery>.Done(delivery)
                : Refused("the database could not store the delivery: see the engine's log");
        }
        catch (TimeoutException)
        {
            entry.IsRefused = true;
            return Refused("the database did not store the delivery in time");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        writing = Task.Run(WriteAllAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Takes in no more, and returns when everything that was taken in has been stored or refused.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        isStopping = true;
        waiting.Writer.TryComplete();
        return writing.WaitAsync(cancellationToken);
    }

    private async Task WriteAllAsync()
    {
        while (await waiting.Reader.WaitToReadAsync())
        {
            var batch = new List<Entry>();
            while (batch.Count < Batch && waiting.Reader.TryRead(out var entry))
                batch.Add(entry);
            // Those may come into the database later all the same, but nothing waits for them when the engine stops.
            if (isStopping)
                batch.RemoveAll(entry => entry.IsRefused);
            await WriteAsync(batch);
        }
    }

    private async Task WriteAsync(List<Entry> batch)
    {
        var marks = batch.SelectMany(entry => entry.Marks).DistinctBy(mark => mark.Key).ToList();
        var isStored = false;
        try
        {
            // A stop does not cut what has been taken in: its sender still waits for the answer.
            await writer.SaveAsync(batch.Select(entry => entry.Delivery), marks, CancellationToken.None);
            isStored = true;
        }
        catch (Exception failure)
        {
            NotStored(batch.Count, failure);
        }
        foreach (var entry in batch)
            entry.Stored.SetResult(isStored);
        // Even after a failure: a commit that failed may have come to the disk all the same, and a look too many does no harm.
        queue.Marked(marks);
    }

    private static StageResult<Delivery>.Retry Refused(string reason) => new(TryAgain, reason);

    [LoggerMessage(1, LogLevel.Error, "{Count} deliveries could not be stored; their senders are told to try again. Webhooks are hints: the resync finds what is never sent again.")]
    private partial void NotStored(int count, Exception failure);

    private sealed record Entry(Delivery Delivery, IReadOnlyList<WorkMark> Marks)
    {
        /// <summary>Its sender has been told that it is not stored.</summary>
        public bool IsRefused { get; set; }

        public TaskCompletionSource<bool> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
