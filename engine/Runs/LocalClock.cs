using System.Text.Json;
using System.Threading.Channels;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using Microsoft.Extensions.Hosting;

namespace GitOps.Triggers.Runs;

/// <summary>
/// Starts this machine's runs when they are due: the CronJob controller's part of a cluster. Sleeps until the very next due time of all CronJobs, and
/// looks up at least every <see cref="LongestSleep"/>, since the machine's clock may be set, or the machine have slept.
/// What came due while the engine was down is decided before the start returns, so that whatever is started after it finds no old time undecided.
/// </summary>
internal sealed partial class LocalClock : BackgroundService
{
    public static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan PatienceForEnded = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private const int BatchSize = 500;

    private readonly LocalCronJobStore store;
    private readonly CronJobSync sync;
    private readonly LocalRuns runs;
    private readonly TimeProvider time;
    private readonly ILogger<LocalClock> logger;
    private readonly ScheduleBoard board = new();
    private readonly Channel<string> looks = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    public LocalClock(LocalCronJobStore store, CronJobSync sync, LocalRuns runs, TimeProvider time, ILogger<LocalClock> logger)
    {
        (this.store, this.sync, this.runs, this.time, this.logger) = (store, sync, runs, time, logger);
        store.Changed += Look;
        runs.Ended += Look;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // A run that has ended while the engine was down must not be taken for one that goes on.
        var collected = await runs.ResumeAsync(cancellationToken);
        await Task.WhenAny(collected, Waiting.UntilAsync(time.GetUtcNow() + PatienceForEnded, time, cancellationToken));
        foreach (var row in await store.AllAsync(cancellationToken))
            Set(row, time.GetUtcNow());
        Loaded(logger, board.Count);
        while (await TurnAsync(cancellationToken))
        {
        }
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        store.Changed -= Look;
        runs.Ended -= Look;
        await base.StopAsync(cancellationToken);
        await runs.StopAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        string? told = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SleepAsync(stoppingToken);
                while (await TurnAsync(stoppingToken))
                {
                }
                await runs.TakeUnfinishedAsync(stoppingToken);
                if (told is not null)
                    Recovered(logger);
                told = null;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (told != e.Message)
                    Failed(logger, e);
                told = e.Message;
                await Waiting.UntilAsync(time.GetUtcNow() + AfterFailure, time, stoppingToken);
            }
        }
    }

    /// <summary>Have this CronJob looked at now: it was changed, or a run of it has ended and another may wait for that.</summary>
    private void Look(string cronJob) => looks.Writer.TryWrite(cronJob);

    private async Task SleepAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var until = now + LongestSleep;
        if (board.NextWake is { } wake && wake < until)
            until = wake;
        using var woken = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var look = looks.Reader.WaitToReadAsync(woken.Token).AsTask();
        await Task.WhenAny(look, Waiting.UntilAsync(until, time, woken.Token));
        await woken.CancelAsync();
    }

    /// <returns>Whether there was something to do, and so may be more.</returns>
    private async Task<bool> TurnAsync(CancellationToken ct)
    {
        await ReloadAsync(ct);
        var due = board.TakeDue(time.GetUtcNow(), BatchSize);
        if (due.Count == 0)
            return false;
        try
        {
            foreach (var looked in await sync.RunAsync(due, ct))
            {
                if (looked.IsStale)
                    Look(looked.CronJob.Row.Name);
                else
                    board.Set(looked.CronJob, looked.Wake);
            }
        }
        catch
        {
            foreach (var cronJob in due)
                board.Set(cronJob, time.GetUtcNow());
            throw;
        }
        return true;
    }

    private async Task ReloadAsync(CancellationToken ct)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (looks.Reader.TryRead(out var name))
            names.Add(name);
        if (names.Count == 0)
            return;
        Dictionary<string, LocalCronJob> rows;
        try
        {
            rows = (await store.FindAsync(names, ct)).ToDictionary(row => row.Name, StringComparer.Ordinal);
        }
        catch
        {
            // Nobody tells of them a second time.
            foreach (var name in names)
                Look(name);
            throw;
        }
        foreach (var name in names)
        {
            if (rows.TryGetValue(name, out var row))
                Set(row, time.GetUtcNow());
            else
                board.Remove(name);
        }
    }

    private void Set(LocalCronJob row, DateTimeOffset wake)
    {
        try
        {
            board.Set(ScheduledCronJob.Read(row), wake);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            board.Remove(row.Name);
            Unreadable(logger, row.Name, e.Message);
        }
    }
}
