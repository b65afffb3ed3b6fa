using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>The engine stops and starts again on the same data while containers run.</summary>
public sealed class RestartSpecs : IAsyncLifetime
{
    private readonly TempFolder data = new();
    private ContainerEngineLocator locator = null!;
    private ImageReference image = null!;

    public async ValueTask InitializeAsync()
    {
        locator = await TestEngine.RequireWithBaseAsync();
        image = await JobImage.OrdinaryAsync(locator);
    }

    public async ValueTask DisposeAsync()
    {
        if (locator is not null)
        {
            var containers = new JobContainers(locator, Configuration, TimeProvider.System);
            foreach (var name in (await containers.ListAsync(CancellationToken.None)).Keys)
                await containers.RemoveAsync(name, CancellationToken.None);
        }
        data.Dispose();
    }

    [Fact]
    public async Task A_run_goes_on_while_the_engine_is_down_and_is_never_started_twice()
    {
        var run = await BeginAsync("echo begun; until [ -e /tmp/go ]; do sleep 0.1; done; echo done; exit 5");
        Assert.DoesNotContain(Processes.Mentioning(new JobContainers(locator, Configuration, TimeProvider.System).NameOf(run.Id.Value, 1)), ReadsALog);

        await using var engine = await LocalEngine.StartAsync(data.Path, locator);
        var name = Assert.Single(await engine.Containers.ListAsync(TestEngine.Cancelled));
        Assert.True(name.Value);
        await ReleaseAsync(engine, run);
        var ended = await engine.WaitAsync(run.Id, record => record.IsFinished);

        Assert.Equal((RunState.Failed, 5, 1, run.StartedAt), (ended.State, ended.ExitCode, ended.Attempt, ended.StartedAt));
        Assert.Equal("begun\ndone", await engine.LogAsync(ended));
    }

    [Fact]
    public async Task A_run_that_ended_while_the_engine_was_down_is_collected_before_the_start_returns()
    {
        var run = await BeginAsync("echo begun; sleep 1; echo done");
        await WaitForEndAsync(run);

        await using var engine = await LocalEngine.StartAsync(data.Path, locator);
        var ended = (await engine.Records.FindAsync(run.Id, TestEngine.Cancelled))!;

        Assert.Equal((RunState.Succeeded, 0), (ended.State, ended.ExitCode));
        Assert.Equal("begun\ndone", await engine.LogAsync(ended));
        Assert.InRange((ended.FinishedAt - run.StartedAt)!.Value.TotalSeconds, 0.5, 60);
    }

    [Fact]
    public async Task A_run_whose_container_is_gone_has_failed_and_is_not_run_again()
    {
        var run = await BeginAsync("sleep 60");
        var podman = await locator.RequireAsync(TestEngine.Cancelled);
        await podman.RemoveContainerAsync(new JobContainers(locator, Configuration, TimeProvider.System).NameOf(run.Id.Value, 1), TestEngine.Cancelled);

        await using var engine = await LocalEngine.StartAsync(data.Path, locator);
        var ended = await engine.WaitAsync(run.Id, record => record.IsFinished);

        Assert.Equal((RunState.Failed, "ContainerStatusUnknown", 1), (ended.State, ended.Reason, ended.Attempt));
    }

    [Fact]
    public async Task A_run_that_was_asked_for_and_not_begun_is_begun_after_the_start()
    {
        RunRecord run;
        await using (var engine = await LocalEngine.StartAsync(data.Path, locator))
        {
            await engine.Target.ApplyAsync(Jobs.Key("job"), Jobs.Render("job", image, Jobs.Shell("echo late")), TestEngine.Cancelled);
            await engine.Clock.StopAsync(TestEngine.Cancelled);
            run = await engine.RunNowAsync(Jobs.Key("job"));
        }

        await using var next = await LocalEngine.StartAsync(data.Path, locator);
        var ended = await next.WaitAsync(run.Id, record => record.IsFinished);

        Assert.Equal((RunState.Succeeded, "late"), (ended.State, await next.LogAsync(ended)));
    }

    [Fact]
    public async Task A_container_whose_run_is_over_is_stopped_and_removed()
    {
        var run = await BeginAsync("sleep 60");
        var database = new Database(data.Path);
        var store = new RunStore(database);
        var (standing, job) = (await store.FindJobAsync(run.Id, TestEngine.Cancelled))!.Value;
        await store.AdvanceAsync(standing with { State = RunState.Cancelled }, job, TestEngine.Cancelled);

        await using var engine = await LocalEngine.StartAsync(data.Path, locator);
        while ((await engine.Containers.ListAsync(TestEngine.Cancelled)).Count > 0)
            await Task.Delay(100, TestEngine.Cancelled);

        Assert.Equal(RunState.Cancelled, (await engine.Records.FindAsync(run.Id, TestEngine.Cancelled))!.State);
    }

    private EngineConfiguration Configuration => new() { DataFolder = data.Path, Environments = [] };

    /// <summary>Only the container's own monitor may be left of what the engine had started.</summary>
    private static bool ReadsALog(int processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/cmdline").Contains("\0logs\0", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Starts a run and stops the engine while it goes on.</summary>
    private async Task<RunRecord> BeginAsync(string script)
    {
        await using var engine = await LocalEngine.StartAsync(data.Path, locator);
        await engine.Target.ApplyAsync(Jobs.Key("job"), Jobs.Render("job", image, Jobs.Shell(script)), TestEngine.Cancelled);
        var run = await engine.RunNowAsync(Jobs.Key("job"));
        return await engine.WaitAsync(run.Id, record => record.State == RunState.Running);
    }

    private static async Task ReleaseAsync(LocalEngine engine, RunRecord run)
    {
        var podman = await engine.Containers.EngineAsync(TestEngine.Cancelled);
        await podman.Command.RunAsync(["exec", engine.Containers.NameOf(run.Id.Value, 1), "/bin/sh", "-c", ": >/tmp/go"], TestEngine.Cancelled);
    }

    private async Task WaitForEndAsync(RunRecord run)
    {
        var podman = await locator.RequireAsync(TestEngine.Cancelled);
        await podman.Command.RunAsync(["wait", new JobContainers(locator, Configuration, TimeProvider.System).NameOf(run.Id.Value, 1)], TestEngine.Cancelled);
    }
}
