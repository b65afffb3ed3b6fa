using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Runs.Replays;
using GitOps.Triggers.Tests.Support;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>
/// The running clock with its real store and a time of the test's own. No container engine answers, so that a run that is started goes on until its timeout.
/// </summary>
internal sealed class ClockBench(DateTimeOffset start) : IAsyncDisposable
{
    /// <summary>For so long the clock that starts waits for ended runs, and does not take the timer back when there are none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TempFolder data = new();
    private LocalEngine? engine;
    private TimeSpan sinceUp;

    public WatchedTime Time { get; } = new(start);

    /// <summary>What became of each trigger's due times, as it was told when it was stored.</summary>
    public Dictionary<TriggerName, ReplayLedger> Ledgers { get; } = [];

    public LocalEngine Engine => engine!;

    public DateTimeOffset Now => Time.GetUtcNow();

    public bool IsUp => engine is not null;

    public async Task UpAsync()
    {
        sinceUp = TimeSpan.Zero;
        engine = await LocalEngine.StartAsync(data.Path, TestEngine.Find("/nowhere/podman"), Time, told: Hear);
        await RestAsync();
    }

    public async Task DownAsync()
    {
        await Engine.DisposeAsync();
        engine = null;
    }

    public async Task ApplyAsync(TriggerKey key, string schedule, RunSpec run, string zone = "Etc/UTC")
    {
        await Engine.Target.ApplyAsync(key, Jobs.Render(key.Trigger.Value, Jobs.NoImage, run, schedule, zone), TestEngine.Cancelled);
        await RestAsync();
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        sinceUp += by;
        Time.Advance(by);
        if (IsUp)
            await RestAsync();
    }

    /// <summary>Until nothing is left to decide and all wait for the time: the clock, and each run for another try.</summary>
    public Task RestAsync() => Eventually.HoldsAsync($"all is decided and done by {Now:u}", async () =>
    {
        if (Time.Sleepers == 0)
            return false;
        var cronJobs = await LookAsync();
        var sleepers = 1 + cronJobs.Sum(cronJob => cronJob.State.Active.Count) + (sinceUp < Patience ? 1 : 0);
        // A run that has found no container engine says so. Until then what sleeps may be the one in whose place it comes.
        return cronJobs.All(cronJob => cronJob.Decision.IsNothing && cronJob.State.Active.All(run => run.Message is not null)) && Time.Sleepers == sleepers;
    });

    /// <summary>Each CronJob as the store has it, with what would be decided now.</summary>
    public async Task<IReadOnlyList<(CronJobState State, CronJobDecision Decision)>> LookAsync()
    {
        var active = (await Engine.Records.UnfinishedAsync(TestEngine.Cancelled)).ToLookup(pair => pair.CronJob, pair => pair.Run, StringComparer.Ordinal);
        var states = (await Engine.CronJobs.AllAsync(TestEngine.Cancelled)).Select(row => ScheduledCronJob.Read(row).State([.. active[row.Name]]));
        return [.. states.Select(state => (state, CronJobController.Decide(state, Now)))];
    }

    public async ValueTask DisposeAsync()
    {
        if (IsUp)
            await DownAsync();
        data.Dispose();
    }

    private void Hear(EngineEvent happened)
    {
        if (happened is not EngineEvent.RunChanged { Run: var run })
            return;
        if (!Ledgers.TryGetValue(run.Key.Trigger, out var ledger))
            Ledgers[run.Key.Trigger] = ledger = new ReplayLedger();
        if (RunStates.PassedOver.Contains(run.State))
            ledger.PassedOver([new PassedOver(run.ScheduledFor, run.State, run.Reason!, run.Message!)], withStart: false);
        else if (run.State == RunState.Cancelled)
            ledger.Replaced(run.ScheduledFor);
        // Its first attempt is told next, as one that waits.
        else if (run is { State: RunState.Pending, Attempt: 0 } && !ledger.Started(run.ScheduledFor, Now))
            throw new InvalidOperationException($"{run.Id} was started twice.");
    }
}
