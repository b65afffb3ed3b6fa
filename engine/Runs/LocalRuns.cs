using System.Collections.Concurrent;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Runs;

/// <summary>
/// The runs of this machine that are in hand. When the engine stops they go on without it, and are taken up again when it starts; only the helper
/// processes that read along end with it.
/// </summary>
internal sealed partial class LocalRuns
{
    private readonly RunStore store;
    private readonly RunLoop loop;
    private readonly RunSweep sweep;
    private readonly RunPlaces places;
    private readonly RunRetention retention;
    private readonly ILogger<LocalRuns> logger;
    private readonly ConcurrentDictionary<RunId, RunInHand> inHand = new();
    private readonly CancellationTokenSource stopping = new();

    public LocalRuns(RunStore store, RunLoop loop, RunSweep sweep, RunPlaces places, RunRetention retention, ILogger<LocalRuns> logger)
    {
        (this.store, this.loop, this.sweep, this.places, this.retention, this.logger) = (store, loop, sweep, places, retention, logger);
        store.Asked += (run, cronJob) => Take(run, cronJob, []);
    }

    /// <summary>After a run has ended, with its CronJob's name.</summary>
    public event Action<string>? Ended;

    /// <summary>Starts a run, or takes it up; nothing happens when it is in hand.</summary>
    /// <param name="run">Its id.</param>
    /// <param name="cronJob">Its CronJob's name.</param>
    /// <param name="replaced">Runs in whose place it comes: they are stopped first.</param>
    public void Take(RunId run, string cronJob, IReadOnlyList<RunId> replaced)
    {
        var before = Task.WhenAll(replaced.Select(Stop));
        if (stopping.IsCancellationRequested)
            return;
        var taken = new RunInHand();
        if (inHand.TryAdd(run, taken))
            taken.Begin(() => AttendAsync(run, cronJob, before, taken.Cancelled));
    }

    /// <summary>Takes up what is not finished and not in hand.</summary>
    public async Task TakeUnfinishedAsync(CancellationToken ct)
    {
        foreach (var (run, cronJob) in await store.UnfinishedAsync(ct))
            Take(run.Id, cronJob, []);
    }

    /// <summary>
    /// After a start of the engine: takes up what it left, and takes away what is left of runs that are over.
    /// </summary>
    /// <returns>Ends when all that has ended meanwhile is recorded.</returns>
    public async Task<Task> ResumeAsync(CancellationToken ct)
    {
        var unfinished = await store.UnfinishedAsync(ct);
        var ended = await sweep.RunAsync([.. unfinished.Select(pair => pair.Run)], stopping.Token);
        // Before those that wait are given what is left.
        foreach (var (run, _) in unfinished.Where(pair => pair.Run.State == RunState.Running))
            places.Occupy(run);
        foreach (var (run, cronJob) in unfinished)
            Take(run.Id, cronJob, []);
        if (unfinished.Count > 0)
            TakenUp(logger, unfinished.Count);
        return Task.WhenAll(ended.Select(run => inHand.TryGetValue(run, out var taken) ? taken.Ended : Task.CompletedTask));
    }

    /// <summary>Lets go of all runs. Their containers go on.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(inHand.Values.Select(run => run.Ended));
    }

    private Task Stop(RunId run)
    {
        if (!inHand.TryGetValue(run, out var taken))
            return Task.CompletedTask;
        taken.Cancel();
        return taken.Ended;
    }

    private async Task AttendAsync(RunId run, string cronJob, Task before, CancellationToken cancelled)
    {
        try
        {
            await before.WaitAsync(stopping.Token);
            await loop.RunAsync(run, cancelled, stopping.Token);
            await TrimAsync(cronJob);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            // What was occupied for it at the start, where it never came to an attempt.
            places.Leave(run);
            inHand.TryRemove(run, out _);
        }
        Ended?.Invoke(cronJob);
    }

    /// <summary>The run is over, whatever comes of this.</summary>
    private async Task TrimAsync(string cronJob)
    {
        try
        {
            await retention.AfterRunAsync(cronJob, stopping.Token);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            NotTrimmed(logger, cronJob, e.Message);
        }
    }
}
