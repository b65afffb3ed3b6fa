using System.Threading.Channels;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Observability;

/// <summary>Writes what happens into the event log, off the way of those it happens to. Under a flood the oldest unwritten lines are given up, never the engine.</summary>
internal sealed partial class EventLog(EventStore store, RepositoryNames names, TimeProvider time, ILogger<EventLog> logger) : BackgroundService
{
    private const int Batch = 200;

    private readonly Channel<EventRecord> waiting = Channel.CreateBounded<EventRecord>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void On(EngineEvent happened)
    {
        if (EventText.Of(happened, names, time.GetUtcNow()) is { } line)
            waiting.Writer.TryWrite(line);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await waiting.Reader.WaitToReadAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            using var last = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await WriteAsync(last.Token);
        }
    }

    private async Task WriteAsync(CancellationToken ct)
    {
        var lines = new List<EventRecord>(Batch);
        while (lines.Count < Batch && waiting.Reader.TryRead(out var line))
            lines.Add(line);
        if (lines.Count == 0)
            return;
        try
        {
            await store.AddAsync(lines, ct);
            await store.TrimAsync(ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            NotWritten(lines.Count, failure);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Count} lines of the event log could not be written; the events themselves are stored.")]
    private partial void NotWritten(int count, Exception failure);
}
