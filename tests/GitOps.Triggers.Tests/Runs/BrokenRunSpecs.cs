using GitOps.Triggers.Containers;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>What goes wrong around a run, without a container engine and under a clock of the test's own.</summary>
public sealed class BrokenRunSpecs : IDisposable
{
    private static readonly string Template = CronJobJson.Write(Jobs.Render("job", Jobs.NoImage).Spec.JobTemplate.Spec);
    private readonly TempFolder data = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero));
    private readonly ContainerEngineLocator nowhere = TestEngine.Find("/nowhere/podman");

    public void Dispose() => data.Dispose();

    [Fact]
    public async Task A_run_that_cannot_be_carried_on_is_said_once_tried_after_pauses_and_goes_on_when_it_can()
    {
        await using var engine = await StartAsync();
        var broken = await AskAsync(engine, "job-broken", template: "{");
        var other = await AskAsync(engine, "job-other", Template);
        await engine.WaitAsync(other, run => run.Message is not null);
        for (var step = 0; step < 30; step++)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10, TestEngine.Cancelled);
        }
        Assert.Single(engine.Logged.With($"{broken} cannot be carried on"));

        var (run, job) = (await engine.Records.FindJobAsync(broken, TestEngine.Cancelled))!.Value;
        await engine.Records.AdvanceAsync(run, job with { Spec = Template }, TestEngine.Cancelled);
        await Task.Delay(300, TestEngine.Cancelled);
        Assert.Null((await engine.Records.FindAsync(broken, TestEngine.Cancelled))!.Message);

        time.Advance(TimeSpan.FromMinutes(1));
        var waiting = await engine.WaitAsync(broken, record => record.Message is not null);
        Assert.Equal(RunState.Pending, waiting.State);
        Assert.Contains("podman", waiting.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_that_are_over_were_given_is_swept_at_the_start_and_what_a_live_one_has_stays()
    {
        RunId live;
        await using (var engine = await StartAsync())
        {
            live = await AskAsync(engine, "job-live", Template);
            await engine.WaitAsync(live, run => run.Attempt == 1 && run.Message is not null);
        }
        data.Write($"runs/{live}-1/file-0", "secret");
        data.Write("runs/job-over-1/file-0", "secret");
        data.Write($"runs/{live}-0/env", "TOKEN=secret");

        await using var next = await StartAsync();

        Assert.Equal([$"{live}-1"], Directory.EnumerateFileSystemEntries(data["runs"]).Select(Path.GetFileName));
    }

    private Task<LocalEngine> StartAsync() => LocalEngine.StartAsync(data.Path, nowhere, time);

    private async Task<RunId> AskAsync(LocalEngine engine, string id, string template)
    {
        var run = new RunRecord
        {
            Id = RunId.Parse(id),
            Key = Jobs.Key("job"),
            Origin = RunOrigin.OnDemand,
            ScheduledFor = time.GetUtcNow(),
            State = RunState.Pending,
            Commit = Jobs.Commit,
            Image = Jobs.NoImage,
        };
        await engine.Records.AskAsync(run, new LocalJob { Id = run.Id, CronJob = "job", Spec = template }, TestEngine.Cancelled);
        return run.Id;
    }
}
