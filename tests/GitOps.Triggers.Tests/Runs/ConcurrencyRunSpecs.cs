using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>Runs that overlap, in real containers under a clock of the test's own.</summary>
public sealed class ConcurrencyRunSpecs : IAsyncLifetime
{
    private const string UntilReleased = "trap 'echo asked to end; exit 7' TERM; until [ -e /tmp/go ]; do sleep 0.1; done";
    private readonly TempFolder data = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 59, 30, TimeSpan.Zero));
    private LocalEngine engine = null!;
    private ImageReference image = null!;

    public async ValueTask InitializeAsync()
    {
        var locator = await TestEngine.RequireWithBaseAsync();
        image = await JobImage.OrdinaryAsync(locator);
        engine = await LocalEngine.StartAsync(data.Path, locator, time);
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.RemoveAllAsync();
        data.Dispose();
    }

    [Fact]
    public async Task Replace_ends_the_run_before_and_then_starts_the_next_one()
    {
        await ApplyAsync(ConcurrencyPolicy.Replace);
        time.Advance(TimeSpan.FromSeconds(30));
        var first = await WaitForNewestAsync(run => run.State == RunState.Running);
        time.Advance(TimeSpan.FromMinutes(1));
        var second = await WaitForNewestAsync(run => run.State == RunState.Running && run.Id != first.Id);
        var replaced = await engine.WaitAsync(first.Id, run => run.ExitCode is not null);

        Assert.Equal((RunState.Cancelled, "Replaced", 7), (replaced.State, replaced.Reason, replaced.ExitCode));
        Assert.Contains(second.Id.Value, replaced.Message, StringComparison.Ordinal);
        Assert.Contains("asked to end", await engine.LogAsync(replaced), StringComparison.Ordinal);
        Assert.Single(await engine.Containers.ListAsync(TestEngine.Cancelled));
    }

    [Fact]
    public async Task Forbid_skips_a_due_time_and_starts_it_late_when_the_run_before_ends()
    {
        await ApplyAsync(ConcurrencyPolicy.Forbid);
        time.Advance(TimeSpan.FromSeconds(30));
        var first = await WaitForNewestAsync(run => run.State == RunState.Running);
        time.Advance(TimeSpan.FromMinutes(1));
        var skipped = await WaitForNewestAsync(run => run.State == RunState.Skipped);
        await ReleaseAsync(first);
        var late = await engine.WaitAsync(skipped.Id, run => run.State == RunState.Running);

        Assert.Equal(time.Start.AddSeconds(90), late.ScheduledFor);
        Assert.Equal(RunState.Succeeded, (await engine.Records.FindAsync(first.Id, TestEngine.Cancelled))!.State);
        Assert.Equal(2, (await engine.Records.ListAsync(null, null, null, null, 10, TestEngine.Cancelled)).Count);
    }

    private Task ApplyAsync(ConcurrencyPolicy policy) => engine.Target.ApplyAsync(
        Jobs.Key("job"), Jobs.Render("job", image, Jobs.Shell(UntilReleased) with { ConcurrencyPolicy = policy, Timeout = TimeSpan.FromDays(1) }, "* * * * *"), TestEngine.Cancelled);

    private async Task<RunRecord> WaitForNewestAsync(Func<RunRecord, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestEngine.Cancelled);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        while (true)
        {
            var runs = await engine.Records.ListAsync(null, null, null, null, 1, patience.Token);
            if (runs is [var newest] && wanted(newest))
                return newest;
            await Task.Delay(50, patience.Token);
        }
    }

    private async Task ReleaseAsync(RunRecord run)
    {
        var podman = await engine.Containers.EngineAsync(TestEngine.Cancelled);
        await podman.Command.RunAsync(["exec", engine.Containers.NameOf(run.Id.Value, 1), "/bin/sh", "-c", ": >/tmp/go"], TestEngine.Cancelled);
    }
}
