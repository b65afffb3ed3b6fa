using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Runs;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Storage;

public sealed class LocalCronJobStoreSpecs
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Running", "Cancelled", 1)]
    [InlineData("Succeeded", "Succeeded", 0)]
    public async Task A_run_that_ended_by_itself_is_not_told_of_as_cancelled(string before, string after, int told)
    {
        using var data = new TempFolder();
        var database = new Database(data.Path);
        await database.OpenAsync(Ct);
        var (cronJobs, runs) = (new LocalCronJobStore(database), new RunStore(database));
        var cronJob = new LocalCronJob { Name = "job", Key = Jobs.Key("job"), Spec = "{}", Generation = 1, ScheduleSince = Noon, RecordedUntil = Noon };
        await cronJobs.AddAsync(cronJob, Ct);
        var run = new RunRecord { Id = RunId.Parse("job-1"), Key = cronJob.Key, Origin = RunOrigin.Schedule, ScheduledFor = Noon, State = Enum.Parse<RunState>(before), Commit = Jobs.Commit, Image = Jobs.NoImage };
        await runs.RecordAsync([run], Ct);

        var stored = await cronJobs.CommitAsync([new SchedulingStep { Decided = cronJob, RecordedUntil = Noon, Cancelled = [run with { State = RunState.Cancelled, FinishedAt = Noon }] }], Ct);

        Assert.Equal(told, Assert.Single(stored).Cancelled.Count);
        Assert.Equal(after, (await runs.FindAsync(run.Id, Ct))!.State.ToString());
    }

    [Fact]
    [Threat(36)]
    public async Task What_was_decided_before_a_change_or_a_start_is_left_out_after_it()
    {
        using var data = new TempFolder();
        var database = new Database(data.Path);
        await database.OpenAsync(Ct);
        var (cronJobs, runs) = (new LocalCronJobStore(database), new RunStore(database));
        var seen = new LocalCronJob { Name = "job", Key = Jobs.Key("job"), Spec = "{}", Generation = 1, ScheduleSince = Noon, RecordedUntil = Noon };
        await cronJobs.AddAsync(seen, Ct);
        var start = new RunRecord { Id = RunId.Parse("job-1"), Key = seen.Key, Origin = RunOrigin.Schedule, ScheduledFor = Noon, State = RunState.Pending, Commit = Jobs.Commit, Image = Jobs.NoImage };
        var decided = new SchedulingStep { Decided = seen, RecordedUntil = Noon, Start = start, Job = new LocalJob { Id = start.Id, CronJob = seen.Name, Spec = "{}" } };

        Assert.NotNull(Assert.Single(await cronJobs.CommitAsync([decided], Ct)).Start);
        // The same decision by one who stood still meanwhile: a due time is started once.
        Assert.Null(Assert.Single(await cronJobs.CommitAsync([decided], Ct)).Start);
        await cronJobs.ChangeSpecAsync("job", "{\"changed\":true}", Noon.AddHours(1), Ct);
        var later = start with { Id = RunId.Parse("job-2"), ScheduledFor = Noon.AddHours(1) };
        Assert.Empty(await cronJobs.CommitAsync([decided with { RecordedUntil = Noon.AddHours(1), Start = later, Job = decided.Job! with { Id = later.Id } }], Ct));

        Assert.Null(await runs.FindAsync(later.Id, Ct));
        var now = (await cronJobs.FindAsync("job", Ct))!;
        Assert.Equal((2L, Noon, Noon), (now.Generation, now.LastScheduledFor, now.RecordedUntil));
    }
}
