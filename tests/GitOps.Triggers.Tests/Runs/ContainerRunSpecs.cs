using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>Real containers of podman or docker.</summary>
public sealed class ContainerRunSpecs : IAsyncLifetime
{
    private readonly TempFolder data = new();
    private LocalEngine engine = null!;
    private ImageReference image = null!;

    public async ValueTask InitializeAsync()
    {
        var locator = await TestEngine.RequireWithBaseAsync();
        image = await JobImage.OrdinaryAsync(locator);
        engine = await LocalEngine.StartAsync(data.Path, locator, logBytes: 20_000);
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.RemoveAllAsync();
        data.Dispose();
    }

    [Fact]
    public async Task A_run_that_ends_with_exit_code_0_has_succeeded()
    {
        var run = await RunAsync(Jobs.Shell("echo hello; echo oops >&2"));

        Assert.Equal((RunState.Succeeded, 0, "Completed", 1), (run.State, run.ExitCode, run.Reason, run.Attempt));
        Assert.Equal(["hello", "oops"], (await engine.LogAsync(run)).Split('\n').Order());
        Assert.True(run.StartedAt <= run.FinishedAt);
    }

    [Fact]
    public async Task A_run_that_fails_tells_its_exit_code()
    {
        var run = await RunAsync(Jobs.Shell("exit 3"));

        Assert.Equal((RunState.Failed, 3, "Error"), (run.State, run.ExitCode, run.Reason));
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_told_from_one_that_fails()
    {
        var run = await RunAsync(new RunSpec { Command = ["/bin/nothing"], Memory = Quantity.Parse("64Mi") });

        Assert.Equal((RunState.Failed, "StartError"), (run.State, run.Reason));
        Assert.Contains("/bin/nothing", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_over_its_timeout_is_stopped()
    {
        var run = await RunAsync(Jobs.Shell("trap 'echo asked; exit 9' TERM; sleep 60 & wait") with { Timeout = TimeSpan.FromSeconds(1), Retries = 3 });

        Assert.Equal((RunState.Failed, "DeadlineExceeded", 9, 1), (run.State, run.Reason, run.ExitCode, run.Attempt));
        Assert.Contains("asked", await engine.LogAsync(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_over_its_memory_is_told_from_one_that_fails()
    {
        var run = await RunAsync(Jobs.Shell("x=$(head -c 100000000 /dev/zero | tr '\\0' x); echo ${#x}") with { Memory = Quantity.Parse("16Mi") });

        Assert.Equal((RunState.Failed, 137), (run.State, run.ExitCode));
        // Not every container engine on every kernel says why; then the message must.
        Assert.True(run.Reason == "OOMKilled" || run.Message!.Contains("resources.memory", StringComparison.Ordinal), $"{run.Reason}: {run.Message}");
    }

    [Fact]
    public async Task Only_tmp_can_be_written_and_nothing_is_root()
    {
        var run = await RunAsync(Jobs.Shell("echo x >/tmp/x && cat /tmp/x && id -u; for f in / /run /var/tmp /bin; do (echo x >$f/x) 2>/dev/null && echo wrote $f; done; grep -e CapEff -e NoNewPrivs /proc/self/status"));

        Assert.Equal(["x", "65532", "CapEff:\t0000000000000000", "NoNewPrivs:\t1"], (await engine.LogAsync(run)).Split('\n'));
    }

    [Fact]
    public async Task A_run_knows_what_it_is()
    {
        var run = await RunAsync(Jobs.Shell("env | grep ^TRIGGER_") with { Env = new Dictionary<string, EnvironmentValue> { ["TRIGGER_NAME"] = new EnvironmentValue.Literal("mine") } });

        Assert.Equal(
            [
                "TRIGGER_ATTEMPT=1", $"TRIGGER_COMMIT={Jobs.Commit}", "TRIGGER_ENVIRONMENT=dev", "TRIGGER_NAME=job", $"TRIGGER_RUN_ID={run.Id}",
                $"TRIGGER_SCHEDULED_TIME={run.ScheduledFor.UtcDateTime:yyyy-MM-ddTHH:mm:ss}Z",
            ],
            (await engine.LogAsync(run)).Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_the_engines_environment_is_in_the_container()
    {
        var run = await RunAsync(Jobs.Shell("env | cut -d= -f1 2>/dev/null || env"));

        Assert.DoesNotContain("DOTNET", await engine.LogAsync(run), StringComparison.Ordinal);
        Assert.DoesNotContain("CONTAINERS_CONF", await engine.LogAsync(run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dollar_signs_arrive_as_they_are_written()
    {
        var run = await RunAsync(new RunSpec
        {
            Command = ["/bin/sh", "-c", "printf '%s\\n' \"$A\" \"$0\" \"$1\""],
            Args = ["$(A) $$ $$(A)", "--env=x"],
            Env = new Dictionary<string, EnvironmentValue> { ["A"] = new EnvironmentValue.Literal("$(PATH) $$(B) $C ") },
            Memory = Quantity.Parse("64Mi"),
        });

        Assert.Equal("$(PATH) $$(B) $C \n$(A) $$ $$(A)\n--env=x", await engine.LogAsync(run));
    }

    [Fact]
    public async Task A_run_on_demand_takes_other_arguments()
    {
        await engine.Target.ApplyAsync(Jobs.Key("job"), Jobs.Render("job", image, new RunSpec { Command = ["/bin/echo"], Args = ["manifest"], Memory = Quantity.Parse("64Mi") }), TestEngine.Cancelled);
        var run = await engine.WaitAsync((await engine.RunNowAsync(Jobs.Key("job"), "by", "hand $(x)")).Id, run => run.IsFinished);

        Assert.Equal("by hand $(x)", await engine.LogAsync(run));
    }

    [Fact]
    public async Task An_image_that_runs_as_root_is_refused_with_the_fix()
    {
        var root = await JobImage.RootAsync(await TestEngine.RequireWithBaseAsync());
        var run = await RunAsync(Jobs.Shell("id"), root);

        Assert.Equal((RunState.Failed, "CreateContainerConfigError", (DateTimeOffset?)null), (run.State, run.Reason, run.StartedAt));
        Assert.Contains("USER 65532", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_gone_is_named()
    {
        var run = await RunAsync(Jobs.Shell("true"), Jobs.NoImage);

        Assert.Equal((RunState.Failed, "ErrImageNeverPull"), (run.State, run.Reason));
        Assert.Contains("000000000000", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_attempt_is_made_again_and_each_has_its_log()
    {
        var run = await RunAsync(Jobs.Shell("echo attempt $TRIGGER_ATTEMPT; [ $TRIGGER_ATTEMPT = 2 ]") with { Retries = 1 });

        Assert.Equal((RunState.Succeeded, 2, 0), (run.State, run.Attempt, run.ExitCode));
        Assert.Equal("attempt 1\nattempt 2", await engine.LogAsync(run));
        Assert.True(run.FinishedAt - run.StartedAt >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_log_can_be_followed_while_it_is_written()
    {
        await engine.Target.ApplyAsync(Jobs.Key("job"), Jobs.Render("job", image, Jobs.Shell("echo one; until [ -e /tmp/go ]; do sleep 0.1; done") with { Timeout = TimeSpan.FromSeconds(30) }), TestEngine.Cancelled);
        var run = await engine.RunNowAsync(Jobs.Key("job"));
        await using var lines = engine.Target.LogsAsync(run, follow: true, TestEngine.Cancelled).GetAsyncEnumerator(TestEngine.Cancelled);

        Assert.True(await lines.MoveNextAsync());
        Assert.Equal("one", lines.Current);
        Assert.Equal(RunState.Running, (await engine.Records.FindAsync(run.Id, TestEngine.Cancelled))!.State);
        var podman = await engine.Containers.EngineAsync(TestEngine.Cancelled);
        await podman.Command.RunAsync(["exec", engine.Containers.NameOf(run.Id.Value, 1), "/bin/sh", "-c", ": >/tmp/go"], TestEngine.Cancelled);
        Assert.False(await lines.MoveNextAsync());
    }

    [Fact]
    public async Task A_flood_of_output_is_cut_and_the_run_goes_on()
    {
        var run = await RunAsync(Jobs.Shell("yes 0123456789 | head -c 3000000; echo; exit 4"));

        Assert.Equal(4, run.ExitCode);
        var log = await engine.LogAsync(run);
        // How much of a flood is kept below the limit depends on when the container engine turns its own log over; then the log says so.
        Assert.InRange(log.Length, 1_000, 21_000);
        Assert.True(log.Contains("--- The log is cut here", StringComparison.Ordinal) || log.Contains("--- Lines may have been lost", StringComparison.Ordinal), log[^500..]);
    }

    [Fact]
    public async Task Lines_that_the_container_engine_dropped_while_nobody_read_along_are_told()
    {
        await engine.Target.ApplyAsync(Jobs.Key("job"), Jobs.Render("job", image, Jobs.Shell("until [ -e /tmp/flood ]; do sleep 0.1; done; yes 0123456789 | head -c 500000; : >/tmp/done; until [ -e /tmp/go ]; do sleep 0.1; done; echo last")), TestEngine.Cancelled);
        var run = await engine.WaitAsync((await engine.RunNowAsync(Jobs.Key("job"))).Id, record => record.State == RunState.Running);
        await engine.DisposeAsync();
        var podman = await engine.Containers.EngineAsync(TestEngine.Cancelled);
        await podman.Command.RunAsync(["exec", engine.Containers.NameOf(run.Id.Value, 1), "/bin/sh", "-c", ": >/tmp/flood; until [ -e /tmp/done ]; do sleep 0.1; done"], TestEngine.Cancelled);

        engine = await LocalEngine.StartAsync(data.Path, await TestEngine.RequireWithBaseAsync(), logBytes: 20_000);
        await podman.Command.RunAsync(["exec", engine.Containers.NameOf(run.Id.Value, 1), "/bin/sh", "-c", ": >/tmp/go"], TestEngine.Cancelled);
        var lines = (await engine.LogAsync(await engine.WaitAsync(run.Id, record => record.IsFinished))).Split('\n');

        Assert.StartsWith("--- Lines were lost here", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.StartsWith("--- Lines may have been lost", StringComparison.Ordinal));
    }

    [Fact]
    [Threat(22)]
    public async Task A_run_that_forks_without_end_has_its_processes_and_no_more()
    {
        var run = await RunAsync(Jobs.Shell("cat /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/pids.max 2>/dev/null; n=0; while [ $n -lt 2000 ]; do sleep 1000 & n=$((n+1)); done; echo never") with { Memory = Quantity.Parse("1Gi") });

        Assert.Equal(RunState.Failed, run.State);
        var lines = (await engine.LogAsync(run)).Split('\n');
        Assert.Equal("1024", lines[0]);
        Assert.Contains("fork", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ordinary_log_tells_of_no_loss()
    {
        var run = await RunAsync(Jobs.Shell("for n in 1 2 3 4 5 6 7 8 9; do echo $n; done"));

        Assert.Equal("1\n2\n3\n4\n5\n6\n7\n8\n9", await engine.LogAsync(run));
    }

    [Fact]
    public async Task Nothing_is_left_of_a_run_but_its_record_and_log()
    {
        var run = await RunAsync(Jobs.Shell("true"));

        await engine.Clock.StopAsync(TestEngine.Cancelled);

        Assert.Empty(await engine.Containers.ListAsync(TestEngine.Cancelled));
        Assert.Empty(Directory.EnumerateFileSystemEntries(data["runs"]));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(data["logs"], "runs"), $"{run.Id}*"));
    }

    private async Task<RunRecord> RunAsync(RunSpec spec, ImageReference? other = null)
    {
        await engine.Target.ApplyAsync(Jobs.Key("job"), Jobs.Render("job", other ?? image, spec), TestEngine.Cancelled);
        var run = await engine.RunNowAsync(Jobs.Key("job"));
        return await engine.WaitAsync(run.Id, record => record.IsFinished);
    }
}
