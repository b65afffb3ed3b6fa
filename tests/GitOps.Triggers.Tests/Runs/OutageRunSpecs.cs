using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>Real containers, while the container engine or the disk fails for a time.</summary>
public sealed class OutageRunSpecs : IAsyncLifetime
{
    private readonly TempFolder data = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 59, 30, TimeSpan.Zero));
    private Script podman = null!;
    private LocalEngine engine = null!;
    private ImageReference image = null!;

    private string Outage => Path.Combine(podman.Folder, "outage");

    public async ValueTask InitializeAsync()
    {
        var locator = await TestEngine.RequireWithBaseAsync();
        image = await JobImage.OrdinaryAsync(locator);
        var real = (await locator.RequireAsync(TestEngine.Cancelled)).Command.Executable;
        podman = new Script("podman", $"[ -e \"${{0%/*}}/outage\" ] && {{ echo 'cannot connect to podman' >&2; exit 125; }}\nexec {real} \"$@\"\n");
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
        {
            File.Delete(Outage);
            await engine.RemoveAllAsync();
        }
        podman?.Dispose();
        data.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_replaced_during_an_outage_is_gone_before_the_next_one_starts(bool restarted)
    {
        await ApplyAsync("trap 'exit 7' TERM; until [ -e /tmp/go ]; do sleep 0.1; done");
        time.Advance(TimeSpan.FromSeconds(30));
        var first = RunAt("10:00");
        await engine.WaitAsync(first, run => run.State == RunState.Running);
        await File.WriteAllTextAsync(Outage, "", TestEngine.Cancelled);
        time.Advance(TimeSpan.FromMinutes(1));
        var second = RunAt("10:01");
        await engine.WaitAsync(first, run => run.State == RunState.Cancelled);
        await engine.WaitAsync(second, run => run.Message is not null);
        if (restarted)
        {
            await engine.DisposeAsync();
            await StartAsync();
        }

        File.Delete(Outage);
        await AdvanceUntilAsync(second, run => run.State == RunState.Running);

        Assert.Equal([engine.Containers.NameOf(second.Value, 1)], (await engine.Containers.ListAsync(TestEngine.Cancelled)).Keys);
    }

    [Fact]
    public async Task A_run_that_the_disk_has_no_place_for_says_so_once_and_starts_when_it_has()
    {
        var id = RunAt("10:00");
        data.Write($"runs/{id}-1", "a file where a folder is to be");
        await ApplyAsync("true");
        time.Advance(TimeSpan.FromSeconds(30));

        var waiting = await engine.WaitAsync(id, run => run.Message is not null);
        Assert.Equal(RunState.Pending, waiting.State);
        Assert.Contains(data[$"runs/{id}-1"], waiting.Message, StringComparison.Ordinal);
        Assert.Single(engine.Logged.With($"{id} waits"));

        File.Delete(data[$"runs/{id}-1"]);
        await AdvanceUntilAsync(id, run => run.State == RunState.Succeeded);
        Assert.Single(engine.Logged.With($"{id} waits"));
    }

    [Fact]
    public async Task What_a_run_is_given_is_closed_to_others_while_it_goes_on()
    {
        data.Write($"environments/dev/{Jobs.Repository.Id}/secrets/app/token", "canary");
        await ApplyAsync("trap 'exit 7' TERM; until [ -e /tmp/go ]; do sleep 0.1; done", files: true);
        time.Advance(TimeSpan.FromSeconds(30));
        await engine.WaitAsync(RunAt("10:00"), run => run.State is RunState.Running or RunState.Failed);

        var folder = Assert.Single(Directory.EnumerateDirectories(data["runs"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(["file-0"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    private async Task StartAsync() => engine = await LocalEngine.StartAsync(data.Path, TestEngine.Find(podman.Program), time);

    private static RunId RunAt(string clock) =>
        GitOps.Triggers.Deployment.RunNames.Scheduled(CronJobName.Of(Jobs.Key("job")), DateTimeOffset.Parse($"2026-03-02T{clock}Z", System.Globalization.CultureInfo.InvariantCulture));

    private Task ApplyAsync(string script, bool files = false) => engine.Target.ApplyAsync(
        Jobs.Key("job"),
        Jobs.Render("job", image, Jobs.Shell(script) with
        {
            ConcurrencyPolicy = ConcurrencyPolicy.Replace,
            Timeout = TimeSpan.FromDays(1),
            Files = files ? new Dictionary<string, KeySource> { ["/f"] = new(KeySourceKind.Secret, "app", "token") } : new Dictionary<string, KeySource>(),
        }, "* * * * *"),
        TestEngine.Cancelled);

    /// <summary>Lets the waits between attempts pass, short of the next due time.</summary>
    private async Task AdvanceUntilAsync(RunId id, Func<RunRecord, bool> wanted)
    {
        for (var step = 0; step < 5; step++)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(50, TestEngine.Cancelled);
        }
        await engine.WaitAsync(id, wanted);
    }
}
