using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Runs;
using GitOps.Triggers.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Deployment;

public sealed class LocalTargetSpecs : IAsyncLifetime
{
    private static readonly TriggerKey Key = Jobs.Key("job");
    private readonly TempFolder data = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly List<string> changes = [];
    private LocalCronJobStore cronJobs = null!;
    private RunStore runs = null!;
    private LocalTarget target = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = new Database(data.Path);
        await database.OpenAsync(Cancelled);
        (cronJobs, runs) = (new LocalCronJobStore(database), new RunStore(database));
        cronJobs.Changed += changes.Add;
        target = new LocalTarget(cronJobs, runs, new EventHub(), time, new EngineConfiguration { DataFolder = data.Path, Environments = [] });
    }

    public ValueTask DisposeAsync()
    {
        data.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Applying_twice_writes_once()
    {
        Assert.Equal(ApplyResult.Created, await ApplyAsync("0 9 * * *"));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync("0 9 * * *"));

        Assert.Single(changes);
        Assert.Equal(1, (await StandingAsync())!.Generation);
    }

    [Fact]
    public async Task What_is_read_back_from_YAML_is_no_difference()
    {
        await ApplyAsync("0 9 * * *");
        var reread = RenderedYaml.Read(RenderedYaml.Write(Jobs.Render("job", Jobs.NoImage, schedule: "0 9 * * *")));

        Assert.Equal(new StageResult<ApplyResult>.Done(ApplyResult.Unchanged), await target.ApplyAsync(Key, reread, Cancelled));
    }

    [Fact]
    public async Task A_change_keeps_what_the_clock_knows()
    {
        await ApplyAsync("0 9 * * *");
        var created = (await StandingAsync())!;
        time.Advance(TimeSpan.FromHours(1));
        await target.ApplyAsync(Key, Jobs.Render("job", Jobs.NoImage, new RunSpec { Retries = 5 }, "0 9 * * *"), Cancelled);
        var settings = (await StandingAsync())!;
        await ApplyAsync("0 10 * * *");
        var schedule = (await StandingAsync())!;

        Assert.Equal((2, created.ScheduleSince), (settings.Generation, settings.ScheduleSince));
        Assert.Equal((3, time.GetUtcNow()), (schedule.Generation, schedule.ScheduleSince));
        Assert.Equal((created.RecordedUntil, created.LastScheduledFor), (schedule.RecordedUntil, schedule.LastScheduledFor));
    }

    [Fact]
    public async Task Another_triggers_CronJob_of_the_same_name_is_left_alone()
    {
        await ApplyAsync("0 9 * * *");
        var before = await StandingAsync();
        var thief = Jobs.Render("job", Jobs.NoImage, schedule: "* * * * *");
        thief.Metadata.Annotations[GitOps.Triggers.Rendering.Annotations.Manifest] = "jobs/nightly/trigger.yaml";

        var refused = Assert.IsType<StageResult<ApplyResult>.Rejected>(await target.ApplyAsync(Jobs.Key("thief"), thief, Cancelled));

        Assert.Equal("jobs/nightly/trigger.yaml", Assert.Single(refused.Findings).File);

        Assert.Contains(Key.ToString(), Assert.Single(refused.Findings).Message, StringComparison.Ordinal);
        Assert.Equal(before, await StandingAsync());
    }

    [Fact]
    public async Task Suspending_says_why_and_changes_nothing_else()
    {
        await ApplyAsync("0 9 * * *");
        var before = CronJobJson.ReadCronJob((await StandingAsync())!.Spec);
        await target.SuspendAsync(Key, "nobody asks for it", Cancelled);
        await target.SuspendAsync(Key, "nobody asks for it", Cancelled);
        var after = CronJobJson.ReadCronJob((await StandingAsync())!.Spec);

        Assert.Equal((true, "nobody asks for it"), (after.Spec.Suspend, after.Metadata.Annotations[Annotations.Suspended]));
        after.Spec.Suspend = before.Spec.Suspend;
        after.Metadata.Annotations.Remove(Annotations.Suspended);
        Assert.True(CronJobJson.Same(CronJobJson.Write(before), CronJobJson.Write(after)));
        Assert.Equal(2, changes.Count);
    }

    [Fact]
    public async Task Suspending_or_taking_down_what_is_not_there_is_no_error()
    {
        await target.SuspendAsync(Key, "nobody asks for it", Cancelled);
        await target.PruneAsync(Key, Cancelled);

        Assert.Empty(changes);
    }

    [Fact]
    public async Task Taking_down_leaves_the_records()
    {
        await ApplyAsync("0 9 * * *");
        var run = await RunNowAsync(null);
        await target.PruneAsync(Key, Cancelled);

        Assert.Null(await StandingAsync());
        Assert.NotNull(await runs.FindAsync(run.Id, Cancelled));
    }

    [Fact]
    public async Task A_run_on_demand_is_recorded_also_while_suspended_or_without_a_schedule()
    {
        await target.ApplyAsync(Key, Jobs.Render("job", Jobs.NoImage), Cancelled);
        await target.SuspendAsync(Key, "nobody asks for it", Cancelled);
        var run = await RunNowAsync(["--day", "monday"]);
        var (stored, job) = (await runs.FindJobAsync(run.Id, Cancelled))!.Value;

        Assert.Equal((RunState.Pending, RunOrigin.OnDemand, time.GetUtcNow(), Jobs.Commit, Jobs.NoImage), (stored.State, stored.Origin, stored.ScheduledFor, stored.Commit, stored.Image));
        Assert.Equal(["--day", "monday"], stored.Args);
        Assert.StartsWith(CronJobName.Of(Key) + "-now-", run.Id.Value, StringComparison.Ordinal);
        Assert.Equal(Jobs.NoImage.ToString(), CronJobJson.ReadJob(job.Spec).Template.Spec.Containers[0].Image);
    }

    [Fact]
    public async Task A_run_keeps_the_template_that_it_was_asked_for_with()
    {
        await ApplyAsync("0 9 * * *");
        var run = await RunNowAsync(null);
        await target.ApplyAsync(Key, Jobs.Render("job", ImageReference.Parse("sha256:" + new string('1', 64)), schedule: "0 9 * * *"), Cancelled);
        var (_, job) = (await runs.FindJobAsync(run.Id, Cancelled))!.Value;

        Assert.Equal(Jobs.NoImage.ToString(), CronJobJson.ReadJob(job.Spec).Template.Spec.Containers[0].Image);
    }

    [Fact]
    public async Task What_is_not_deployed_cannot_be_run_and_the_answer_says_what_to_do()
    {
        var rejected = Assert.IsType<StageResult<RunRecord>.Rejected>(await target.RunNowAsync(Key, null, Cancelled));

        Assert.Contains("job is not deployed in dev", Assert.Single(rejected.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_attempts_are_in_the_log_in_their_order()
    {
        await ApplyAsync("0 9 * * *");
        var run = await RunNowAsync(null) with { Attempt = 2, State = RunState.Failed };
        data.Write($"logs/runs/{run.Id}-1.log", "a\nb\n");
        data.Write($"logs/runs/{run.Id}-2.log", "c\n");
        var (_, job) = (await runs.FindJobAsync(run.Id, Cancelled))!.Value;
        await runs.AdvanceAsync(run, job, Cancelled);

        Assert.Equal(["a", "b", "c"], await LinesAsync(run, follow: false));
        Assert.Equal(["a", "b", "c"], await LinesAsync(run, follow: true));
    }

    private async Task<List<string>> LinesAsync(RunRecord run, bool follow)
    {
        var lines = new List<string>();
        await foreach (var line in target.LogsAsync(run, follow, Cancelled))
            lines.Add(line);
        return lines;
    }

    private async Task<ApplyResult> ApplyAsync(string schedule) =>
        Assert.IsType<StageResult<ApplyResult>.Done>(await target.ApplyAsync(Key, Jobs.Render("job", Jobs.NoImage, schedule: schedule), Cancelled)).Value;

    private Task<LocalCronJob?> StandingAsync() => cronJobs.FindAsync(Key, Cancelled);

    private async Task<RunRecord> RunNowAsync(IReadOnlyList<string>? args) => ((StageResult<RunRecord>.Done)await target.RunNowAsync(Key, args, Cancelled)).Value;
}
