using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

public class JobRulesSpecs
{
    private static readonly DateTimeOffset Ended = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 40)]
    [InlineData(6, 320)]
    [InlineData(7, 600)]
    [InlineData(100, 600)]
    public void The_wait_doubles_with_each_failure_up_to_ten_minutes(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), JobRules.BackOff(failures));

    [Theory]
    [InlineData(0, 1, "fail")]
    [InlineData(2, 1, "retry 10")]
    [InlineData(2, 2, "retry 20")]
    [InlineData(2, 3, "fail")]
    public void A_failed_attempt_is_followed_by_another_as_long_as_there_are_retries(int retries, int attempt, string expected) =>
        Assert.Equal(expected, Say(JobRules.After(new JobLimits(retries, null), new AttemptOutcome("Error", 3, "m", Ended), attempt)));

    [Fact]
    public void Success_ends_a_run_and_so_does_its_deadline()
    {
        var limits = new JobLimits(5, TimeSpan.FromMinutes(1));

        Assert.Equal("succeed", Say(JobRules.After(limits, new AttemptOutcome("Completed", 0, "m", Ended), 1)));
        Assert.Equal("fail", Say(JobRules.After(limits, new AttemptOutcome("DeadlineExceeded", 137, "m", Ended), 1)));
    }

    [Fact]
    public void History_keeps_the_newest_of_each_kind()
    {
        var runs = Enumerable.Range(1, 4).SelectMany(hour => new[] { Run(hour, RunState.Succeeded), Run(hour, hour == 3 ? RunState.Cancelled : RunState.Failed) }).ToList();

        var surplus = HistoryLimits.Surplus(runs, successful: 3, failed: 1);

        Assert.Equal(["succeeded-1", "cancelled-3", "failed-2", "failed-1"], surplus.Select(run => run.Id.Value));
    }

    private static RunRecord Run(int hour, RunState state) => new()
    {
        Id = RunId.Parse($"{state.ToString().ToLowerInvariant()}-{hour}"),
        Key = Jobs.Key("job"),
        Origin = RunOrigin.Schedule,
        ScheduledFor = Ended.AddHours(hour),
        StartedAt = Ended.AddHours(hour),
        State = state,
        Commit = Jobs.Commit,
        Image = Jobs.NoImage,
    };

    private static string Say(JobStep step) => step switch
    {
        JobStep.Succeed => "succeed",
        JobStep.Fail => "fail",
        JobStep.Retry { At: var at } => $"retry {(at - Ended).TotalSeconds}",
        _ => "?",
    };
}
