using System.Collections.Concurrent;
using GitOps.Triggers.Containers;
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
    private readonly JobContainers containers;
    private readonly RunRetention retention;
    private readonly ILogger<LocalRuns> logger;
    private readonly ConcurrentDictionary<RunId, RunInHand> inHand = new();
    private readonly CancellationTokenSource stopping = new();

    public LocalRuns(RunStore store, RunLoop loop, JobContainers containers, RunRetention retention, ILogger<LocalRuns> logger)
    {
        (this.store, this.loop, this.containers, this.retention, this.logger) = (store, loop, containers, retention, logger);
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
    /// After a start of the engine: takes up what it left. Containers whose run is over, since the engine ended between the record and the removal, are
    /// stopped and removed.
    /// </summary>
    /// <returns>Ends when all that has ended meanwhile is recorded.</returns>
    public async Task<Task> ResumeAsync(CancellationToken ct)
    {
        var unfinished = await store.UnfinishedAsync(ct);
        var wanted = unfinished.ToDictionary(pair => containers.NameOf(pair.Run.Id.Value, pair.Run.Attempt), pair => pair.Run.Id, StringComparer.Ordinal);
        var ended = new List<RunId>();
        try
        {
            foreach (var (name, runs) in await containers.ListAsync(ct))
            {
                if (!wanted.TryGetValue(name, out var run))
                    _ = SweepAsync(name);
                else if (!runs)
                    ended.Add(run);
            }
        }
        catch (ContainerException e)
        {
            NoContainerEngine(logger, e.Message);
        }
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
            await retention.AfterRunAsync(cronJob, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            // Taken up again at the clock's next look, if it is not finished.
            Broken(logger, e, run);
        }
        finally
        {
            inHand.TryRemove(run, out _);
        }
        Ended?.Invoke(cronJob);
    }

    private async Task SweepAsync(string name)
    {
        try
        {
            await containers.StopAsync(name, ContainerCommand.Grace, stopping.Token);
            await containers.RemoveAsync(name, stopping.Token);
            Swept(logger, name);
        }
        catch (Exception e) when (e is ContainerException or OperationCanceledException)
        {
            NotSwept(logger, name, e.Message);
        }
    }
}
