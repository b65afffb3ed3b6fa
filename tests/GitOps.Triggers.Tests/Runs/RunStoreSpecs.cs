using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

public sealed class RunStoreSpecs : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ImageReference Other = ImageReference.Parse("sha256:" + new string('1', 64));
    private readonly TempFolder data = new();
    private Database database = null!;
    private RunStore store = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = new Database(data.Path);
        await database.OpenAsync(Cancelled);
        store = new RunStore(database);
    }

    public ValueTask DisposeAsync()
    {
        data.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task I_can_list_the_newest_runs_by_trigger_and_state()
    {
        await AddAsync(Run(1, RunState.Succeeded), Run(2, RunState.Failed), Run(3, RunState.Succeeded), Run(4, RunState.Succeeded) with { Key = Jobs.Key("other") });

        Assert.Equal(["run-3", "run-1"], await IdsAsync(TriggerName.Parse("job"), RunState.Succeeded, 10));
        Assert.Equal(["run-4", "run-3"], await IdsAsync(null, null, 2));
    }

    [Fact]
    public async Task Due_times_at_which_nothing_was_started_can_be_left_out()
    {
        await AddAsync(Run(1, RunState.Failed), Run(2, RunState.Missed), Run(3, RunState.Skipped), Run(4, RunState.Suspended), Run(5, RunState.Pending));

        Assert.Equal(["run-5", "run-1"], (await store.StartedAsync(null, null, null, 10, Cancelled)).Select(run => run.Id.Value));
    }

    [Fact]
    public async Task I_can_look_around_a_time()
    {
        await AddAsync([.. Enumerable.Range(1, 9).Select(number => Run(number, RunState.Succeeded))]);

        var around = await store.AroundAsync(Jobs.Key("job"), Start.AddMinutes(5), each: 2, Cancelled);

        Assert.Equal(["run-4", "run-5", "run-6", "run-7"], around.Select(run => run.Id.Value));
    }

    [Fact]
    public async Task A_cancelled_run_stays_cancelled_whatever_its_container_does()
    {
        var run = Run(1, RunState.Pending);
        var job = new LocalJob { Id = run.Id, CronJob = "job", Spec = "{}" };
        await store.AskAsync(run, job, Cancelled);
        Assert.True(await store.AdvanceAsync(run with { State = RunState.Running }, job, Cancelled));
        Assert.True(await store.AdvanceAsync(run with { State = RunState.Cancelled }, job, Cancelled));

        Assert.False(await store.AdvanceAsync(run with { State = RunState.Succeeded, ExitCode = 143 }, job, Cancelled));
        var stored = (await store.FindAsync(run.Id, Cancelled))!;
        Assert.Equal((RunState.Cancelled, 143), (stored.State, stored.ExitCode));
    }

    [Fact]
    public async Task Old_records_are_forgotten_but_no_success_that_a_gate_counts_and_nothing_that_goes_on()
    {
        var running = Run(0, RunState.Running);
        var oldSuccesses = Enumerable.Range(1, 5).Select(number => Run(number, RunState.Succeeded) with { Image = Other });
        var oldMisses = Enumerable.Range(6, 50).Select(number => Run(number, RunState.Missed));
        var rest = Enumerable.Range(100, RunStore.Kept).Select(number => Run(number, RunState.Failed));
        await AddAsync([running, .. oldSuccesses, .. oldMisses, .. rest]);

        await store.TrimAsync(Jobs.Key("job"), Cancelled);

        var left = await store.ListAsync(null, null, null, null, 5_000, Cancelled);
        Assert.Equal(RunStore.Kept + 6, left.Count);
        Assert.DoesNotContain(left, run => run.State == RunState.Missed);
    }

    [Fact]
    public async Task Successes_of_one_image_are_bounded_too()
    {
        await AddAsync([.. Enumerable.Range(0, RunStore.Kept + 20).Select(number => Run(number, RunState.Succeeded))]);

        await store.TrimAsync(Jobs.Key("job"), Cancelled);

        Assert.Equal(RunStore.SuccessesKept, (await store.ListAsync(null, null, null, null, 5_000, Cancelled)).Count);
    }

    private async Task<IEnumerable<string>> IdsAsync(TriggerName? trigger, RunState? state, int count) =>
        (await store.ListAsync(null, null, trigger, state, count, Cancelled)).Select(run => run.Id.Value);

    private async Task AddAsync(params RunRecord[] runs)
    {
        await using var context = database.CreateDbContext();
        context.Runs.AddRange(runs);
        await context.SaveChangesAsync(Cancelled);
    }

    private static RunRecord Run(int number, RunState state) => new()
    {
        Id = RunId.Parse($"run-{number}"),
        Key = Jobs.Key("job"),
        Origin = RunOrigin.Schedule,
        ScheduledFor = Start.AddMinutes(number),
        State = state,
        Commit = Jobs.Commit,
        Image = Jobs.NoImage,
    };
}
