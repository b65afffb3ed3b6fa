using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>More runs than may go on at once, in real containers under a clock of the test's own.</summary>
public sealed class ParallelRunSpecs : IAsyncLifetime
{
    private readonly TempFolder data = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 59, 30, TimeSpan.Zero));
    private ContainerEngineLocator locator = null!;
    private LocalEngine engine = null!;
    private ImageReference image = null!;
    private RunRecord first = null!;

    public async ValueTask InitializeAsync()
    {
        locator = await TestEngine.RequireWithBaseAsync();
        image = await JobImage.OrdinaryAsync(locator);
        await StartAsync();
        first = await BeginAsync("first", "until [ -e /tmp/go ]; do sleep 0.1; done", TimeSpan.FromDays(1));
        await engine.WaitAsync(first.Id, run => run.State == RunState.Running);
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.RemoveAllAsync();
        data.Dispose();
    }

    [Fact]
    public async Task A_run_too_many_waits_says_why_and_starts_when_another_ends()
    {
        var second = await BeginAsync("second", "true", TimeSpan.FromDays(1));
        var waiting = await engine.WaitAsync(second.Id, run => run.Reason is not null);
        Assert.Equal((RunState.Pending, "Unschedulable"), (waiting.State, waiting.Reason));
        Assert.Contains("limits.parallelRunsPerRepository", waiting.Message, StringComparison.Ordinal);
        Assert.Single(await engine.Containers.ListAsync(TestEngine.Cancelled));

        await ReleaseAsync();

        Assert.Equal(RunState.Succeeded, (await engine.WaitAsync(second.Id, run => run.IsFinished)).State);
    }

    [Fact]
    public async Task The_timeout_of_a_run_goes_on_while_it_waits()
    {
        var second = await BeginAsync("second", "true", TimeSpan.FromMinutes(1));
        await engine.WaitAsync(second.Id, run => run.Reason is not null);

        time.Advance(TimeSpan.FromMinutes(2));

        var ended = await engine.WaitAsync(second.Id, run => run.IsFinished);
        Assert.Equal((RunState.Failed, "DeadlineExceeded", null), (ended.State, ended.Reason, ended.StartedAt));
        Assert.Contains("waited for its turn", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_replaced_while_it_waits_never_starts()
    {
        await ApplyAsync("second", "true", TimeSpan.FromDays(1), "* * * * *");
        time.Advance(TimeSpan.FromSeconds(30));
        var second = await NewestAsync(run => run.Reason is not null && run.Id != first.Id);
        time.Advance(TimeSpan.FromMinutes(1));
        var third = await NewestAsync(run => run.Reason is not null && run.Id != second.Id);

        var replaced = await engine.WaitAsync(second.Id, run => run.IsFinished);
        Assert.Equal((RunState.Cancelled, "Replaced", null), (replaced.State, replaced.Reason, replaced.StartedAt));
        await ReleaseAsync();
        Assert.Equal(RunState.Succeeded, (await engine.WaitAsync(third.Id, run => run.IsFinished)).State);
    }

    [Fact]
    public async Task A_run_that_waits_is_taken_up_again_by_the_next_engine_behind_those_that_go_on()
    {
        var second = await BeginAsync("second", "true", TimeSpan.FromDays(1));
        await engine.WaitAsync(second.Id, run => run.Reason is not null);
        await engine.DisposeAsync();
        await StartAsync();
        var third = await BeginAsync("third", "true", TimeSpan.FromDays(1));
        await engine.WaitAsync(third.Id, run => run.Reason is not null);
        Assert.Equal(RunState.Pending, (await engine.WaitAsync(second.Id, _ => true)).State);

        await ReleaseAsync();

        Assert.Equal(RunState.Succeeded, (await engine.WaitAsync(second.Id, run => run.IsFinished)).State);
        Assert.Equal(RunState.Succeeded, (await engine.WaitAsync(third.Id, run => run.IsFinished)).State);
    }

    private async Task StartAsync() => engine = await LocalEngine.StartAsync(data.Path, locator, time, limits: new Limits { ParallelRunsPerRepository = 1 });

    private async Task<RunRecord> BeginAsync(string name, string script, TimeSpan timeout)
    {
        await ApplyAsync(name, script, timeout, schedule: null);
        return await engine.RunNowAsync(Jobs.Key(name));
    }

    private Task ApplyAsync(string name, string script, TimeSpan timeout, string? schedule) => engine.Target.ApplyAsync(
        Jobs.Key(name), Jobs.Render(name, image, Jobs.Shell(script) with { ConcurrencyPolicy = ConcurrencyPolicy.Replace, Timeout = timeout }, schedule), TestEngine.Cancelled);

    private async Task<RunRecord> NewestAsync(Func<RunRecord, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestEngine.Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            if (await engine.Records.ListAsync(null, null, null, null, 1, patience.Token) is [var newest] && wanted(newest))
                return newest;
            await Task.Delay(50, patience.Token);
        }
    }

    private async Task ReleaseAsync()
    {
        var podman = await engine.Containers.EngineAsync(TestEngine.Cancelled);
        await podman.Command.RunAsync(["exec", engine.Containers.NameOf(first.Id.Value, 1), "/bin/sh", "-c", ": >/tmp/go"], TestEngine.Cancelled);
    }
}
