using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;

namespace GitOps.Triggers.Tests.Runs.Replays;

/// <summary>Goes through a scenario from event to event with the running clock: the timeout of its runs stands for the length of its Jobs.</summary>
internal sealed class ClockReplay(ReplayScenario scenario) : IAsyncDisposable
{
    private static readonly TriggerKey Key = Jobs.Key("job");
    private readonly ClockBench bench = new(scenario.From);
    private (string Schedule, string TimeZone) applied = (scenario.Schedule, scenario.TimeZone);

    private TimeSpan Length { get; } = TimeSpan.FromSeconds(scenario.JobSeconds.Single());

    public ReplayLedger Ledger => bench.Ledgers[Key.Trigger];

    public async Task RunAsync()
    {
        await bench.UpAsync();
        await ApplyAsync();
        var actions = new Queue<ReplayAction>(scenario.Actions);
        while (await NextAsync(actions) is { } next && next < scenario.Until)
        {
            await bench.AdvanceAsync(next - bench.Now);
            while (actions.TryPeek(out var action) && action.At <= bench.Now)
                await ActAsync(actions.Dequeue());
        }
    }

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    /// <summary>The next action, end of a run or due time.</summary>
    private async Task<DateTimeOffset?> NextAsync(Queue<ReplayAction> actions)
    {
        var action = actions.TryPeek(out var first) ? first.At : (DateTimeOffset?)null;
        if (!bench.IsUp)
            return action;
        var (state, decision) = (await bench.LookAsync()).Single();
        var times = new List<DateTimeOffset?> { action, decision.Wake };
        foreach (var run in state.Active)
            times.Add((await bench.Engine.Records.FindJobAsync(run.Id, TestEngine.Cancelled))!.Value.Job.BegunAt + Length);
        return times.Min();
    }

    private async Task ActAsync(ReplayAction action)
    {
        switch (action.Do)
        {
            case "down":
                await bench.DownAsync();
                break;
            case "up":
                await bench.UpAsync();
                break;
            case "suspend":
                await bench.Engine.Target.SuspendAsync(Key, "paused", TestEngine.Cancelled);
                await bench.RestAsync();
                break;
            case "resume":
                await ApplyAsync();
                break;
            default:
                applied = (action.Schedule!, action.TimeZone!);
                await ApplyAsync();
                break;
        }
    }

    private Task ApplyAsync() =>
        bench.ApplyAsync(Key, applied.Schedule, new RunSpec { ConcurrencyPolicy = scenario.ConcurrencyPolicy, Timeout = Length }, applied.TimeZone);
}
