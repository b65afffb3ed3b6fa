using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Runs;
using Xunit;

namespace GitOps.Triggers.Tests.Runs.Clusters;

public class UnstartedTimesSpecs
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly EnvironmentDefinition Prod = ClusterJobs.Prod(new ClusterAccess());
    private static readonly TriggerKey Key = new(Jobs.Repository.Id, Prod.Name, TriggerName.Parse("job"));

    [Fact]
    public void A_due_time_without_a_job_is_missed_after_the_controllers_usual_delay()
    {
        Assert.Empty(At(Nine.AddSeconds(30)));
        Assert.Equal((Nine, RunState.Missed, "MissSchedule"), Of(Assert.Single(At(Nine.AddSeconds(61)))));
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Missed")]
    [InlineData("Pending")]
    public void A_due_time_with_a_record_gets_no_other(string state) =>
        Assert.Empty(At(Nine.AddMinutes(2), runs: [Run(Nine, Enum.Parse<RunState>(state))]));

    [Fact]
    public void A_run_on_demand_at_that_time_is_not_taken_for_it() =>
        Assert.Single(At(Nine.AddMinutes(2), runs: [Run(Nine, RunState.Succeeded) with { Origin = RunOrigin.OnDemand }]));

    [Fact]
    public void Of_several_that_are_due_only_the_last_is_made_up_for()
    {
        var unstarted = At(Nine.AddMinutes(12), runs: [Run(Nine.AddMinutes(10), RunState.Running)], last: Nine.AddMinutes(10));

        Assert.Equal([Nine, Nine.AddMinutes(5)], unstarted.Select(run => run.ScheduledFor));
        Assert.All(unstarted, run => Assert.Contains("that of 2026-03-02 09:10 UTC was started instead", run.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_starting_deadline_that_passed_is_the_reason()
    {
        var missed = Assert.Single(At(Nine.AddMinutes(2), spec: new RunSpec { StartingDeadline = TimeSpan.FromSeconds(90) }));

        Assert.Contains("starting deadline of 1m30s", missed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void While_a_run_goes_on_and_none_may_be_beside_it_the_next_are_skipped()
    {
        var going = Run(Nine.AddMinutes(-5), RunState.Running);

        Assert.Equal((Nine, RunState.Skipped, "JobAlreadyActive"), Of(Assert.Single(At(Nine.AddMinutes(2), runs: [going]))));
        Assert.Contains(going.Id.Value, At(Nine.AddMinutes(2), runs: [going])[0].Message, StringComparison.Ordinal);
        Assert.Equal(RunState.Skipped, At(Nine.AddMinutes(2), runs: [going with { State = RunState.Succeeded, FinishedAt = Nine.AddSeconds(1) }])[0].State);
        Assert.Equal(RunState.Missed, At(Nine.AddMinutes(2), runs: [going with { State = RunState.Succeeded, FinishedAt = Nine.AddSeconds(-1) }])[0].State);
        Assert.Equal(RunState.Missed, At(Nine.AddMinutes(2), runs: [going], spec: new RunSpec { ConcurrencyPolicy = ConcurrencyPolicy.Allow })[0].State);
    }

    [Fact]
    public void What_is_due_while_it_is_suspended_is_no_missed_run()
    {
        var paused = new PauseRecord { Key = Key, Since = Nine.AddMinutes(-1) };

        Assert.Equal(RunState.Suspended, At(Nine.AddMinutes(2), pause: paused)[0].State);
        Assert.Equal(RunState.Missed, At(Nine.AddMinutes(2), pause: paused with { Since = Nine.AddSeconds(20) })[0].State);
        Assert.Equal(RunState.Suspended, At(Nine.AddMinutes(2), deployments: [Deployment(Nine.AddMinutes(-2)) with { Suspended = true }])[0].State);
        Assert.Contains("spec.suspend", At(Nine.AddMinutes(2), suspended: true)[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_schedule_counts_while_it_was_in_place()
    {
        var unstarted = At(
            Nine.AddMinutes(30),
            deployments: [Deployment(Nine.AddMinutes(12)) with { Schedule = "20 * * * *" }, Deployment(Nine.AddMinutes(3)), Deployment(Nine.AddMinutes(-2)) with { Schedule = null }]);

        Assert.Equal([5, 10, 20], unstarted.Select(run => run.ScheduledFor.Minute));
    }

    [Fact]
    public void A_start_that_only_the_cronjob_remembers_is_told_as_far_as_it_is_known()
    {
        var succeeded = Assert.Single(At(Nine.AddMinutes(2), last: Nine, success: Nine.AddSeconds(20)));
        var unknown = Assert.Single(At(Nine.AddMinutes(2), last: Nine, success: Nine.AddMinutes(-3)));

        Assert.Equal((RunState.Succeeded, Nine.AddSeconds(20)), (succeeded.State, succeeded.FinishedAt));
        Assert.Equal((RunState.Failed, "ContainerStatusUnknown"), (unknown.State, unknown.Reason));
    }

    [Fact]
    public void What_may_have_come_and_gone_while_nobody_looked_is_said_to_be_unseen()
    {
        var unstarted = At(Nine.AddMinutes(12), last: Nine.AddMinutes(10), success: Nine.AddMinutes(11), since: Nine.AddMinutes(11));

        Assert.Equal(["Unseen", "Unseen", "Completed"], unstarted.Select(run => run.Reason));
    }

    [Fact]
    public void A_goingabsence_is_told_in_few_records()
    {
        var unstarted = At(Nine.AddDays(3));

        Assert.Equal(PassedOverTimes.Most, unstarted.Count);
        Assert.Equal(Nine.AddDays(3).AddMinutes(-5), unstarted[^1].ScheduledFor);
        Assert.Contains("more due times before it", unstarted[0].Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<RunRecord> At(
        DateTimeOffset now, IReadOnlyList<RunRecord>? runs = null, DateTimeOffset? last = null, DateTimeOffset? success = null, DateTimeOffset? since = null,
        RunSpec? spec = null, PauseRecord? pause = null, IReadOnlyList<DeploymentRecord>? deployments = null, bool suspended = false)
    {
        var cronJob = ClusterJobs.CronJob(Prod, "job", spec);
        cronJob.Spec.Suspend = suspended;
        cronJob.Status = new() { LastScheduleTime = last?.UtcDateTime, LastSuccessfulTime = success?.UtcDateTime };
        return UnstartedTimes.Of(
            new ClusterSchedule
            {
                Key = Key,
                Deployments = deployments ?? [Deployment(Nine.AddMinutes(-2))],
                Runs = runs ?? [],
                CronJob = CronJobSeen.Read(cronJob),
                Pause = pause,
                SeenSince = since ?? Nine.AddDays(-1),
            },
            now);
    }

    private static (DateTimeOffset, RunState, string?) Of(RunRecord run) => (run.ScheduledFor, run.State, run.Reason);

    private static RunRecord Run(DateTimeOffset due, RunState state) => new()
    {
        Id = RunNames.Scheduled(CronJobName.Of(Key), due),
        Key = Key,
        Origin = RunOrigin.Schedule,
        ScheduledFor = due,
        State = state,
        Commit = Jobs.Commit,
        Image = ClusterJobs.Image,
    };

    private static DeploymentRecord Deployment(DateTimeOffset at) => new()
    {
        Key = Key,
        Commit = Jobs.Commit,
        Hash = InputHash.Parse(new string('a', 64)),
        Image = ClusterJobs.Image,
        Settings = SettingsFingerprint.Parse(new string('b', 64)),
        Kind = DeploymentKind.Built,
        DeployedAt = at,
        Place = new Place { Cluster = new ClusterAccess(), Namespace = "trg-jobs-dev" },
        Schedule = "*/5 * * * *",
        TimeZone = "Etc/UTC",
        Rendered = "",
    };
}
