using System.Globalization;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

/// <summary>What the controller's source says must come of each situation. Times are of 2026-03-02, a Monday, in UTC.</summary>
public class CronJobControllerSpecs
{
    private static readonly CronSchedule Hourly = CronSchedule.Parse("0 * * * *", "Etc/UTC");

    [Fact]
    public void A_due_time_is_started()
    {
        var decision = CronJobController.Decide(State("09:00"), At("10:00"));

        Assert.Equal(At("10:00"), decision.Start);
        Assert.Empty(decision.PassedOver);
        Assert.Equal(At("11:00"), decision.Wake);
    }

    [Fact]
    public void Nothing_is_due_before_its_time_and_nothing_is_started_twice()
    {
        Assert.True(CronJobController.Decide(State("09:00"), At("09:59")).IsNothing);
        Assert.True(CronJobController.Decide(State("10:00"), At("10:00")).IsNothing);
        Assert.True(CronJobController.Decide(State("10:00") with { RecordedUntil = At("10:00") }, At("09:30")).IsNothing);
    }

    [Fact]
    public void A_new_CronJob_is_due_first_after_it_was_made()
    {
        var state = State(null) with { ScheduleSince = At("09:30"), RecordedUntil = At("09:30") };

        Assert.True(CronJobController.Decide(state, At("09:59")).IsNothing);
        Assert.Equal(At("10:00"), CronJobController.Decide(state, At("10:00")).Start);
    }

    [Fact]
    public void Of_several_missed_times_the_most_recent_is_made_up_for_and_each_other_is_told()
    {
        var decision = CronJobController.Decide(State("09:00"), At("13:10"));

        Assert.Equal(At("13:00"), decision.Start);
        Assert.Equal([At("10:00"), At("11:00"), At("12:00")], decision.PassedOver.Select(passed => passed.ScheduledFor));
        Assert.All(decision.PassedOver, passed => Assert.Equal((RunState.Missed, "MissSchedule"), (passed.State, passed.Reason)));
        Assert.Contains("2026-03-02 13:00 UTC", decision.PassedOver[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10:04:59", true)]
    [InlineData("10:05:00", false)] // now - deadline is the lower end of the search, and the search is for strictly later times
    [InlineData("10:05:01", false)]
    public void A_time_past_its_starting_deadline_is_missed(string now, bool started)
    {
        var decision = CronJobController.Decide(State("09:00") with { StartingDeadline = TimeSpan.FromMinutes(5) }, At(now));

        Assert.Equal(started ? At("10:00") : null, decision.Start);
        Assert.Equal(started ? 0 : 1, decision.PassedOver.Count);
        if (!started)
            Assert.Contains("starting deadline is 5m", decision.PassedOver[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forbid_passes_a_time_over_while_a_run_goes_on_and_makes_up_for_it_when_that_ends()
    {
        var state = State("09:00") with { Active = [Active("09:00")] };
        var blocked = CronJobController.Decide(state, At("10:00"));
        var after = CronJobController.Decide(state with { Active = [], RecordedUntil = At("10:00") }, At("10:20"));

        Assert.Null(blocked.Start);
        Assert.Equal((At("10:00"), RunState.Skipped, "JobAlreadyActive"), Only(blocked));
        Assert.Equal(At("10:00"), after.Start);
        Assert.Empty(after.PassedOver);
    }

    [Fact]
    public void Forbid_makes_up_for_the_most_recent_of_the_times_passed_over()
    {
        var state = State("09:00") with { RecordedUntil = At("12:00") };

        Assert.Equal(At("12:00"), CronJobController.Decide(state, At("12:30")).Start);
    }

    [Fact]
    public void Forbid_makes_up_for_nothing_when_the_deadline_has_passed()
    {
        var state = State("09:00") with { RecordedUntil = At("10:00"), StartingDeadline = TimeSpan.FromMinutes(5) };

        Assert.True(CronJobController.Decide(state, At("10:20")).IsNothing);
    }

    [Fact]
    public void Replace_ends_what_goes_on()
    {
        var active = Active("09:00");
        var decision = CronJobController.Decide(State("09:00") with { ConcurrencyPolicy = ConcurrencyPolicy.Replace, Active = [active] }, At("10:00"));

        Assert.Equal(At("10:00"), decision.Start);
        Assert.Equal([active], decision.Replaced);
    }

    [Fact]
    public void Allow_starts_beside_what_goes_on()
    {
        var decision = CronJobController.Decide(State("09:00") with { ConcurrencyPolicy = ConcurrencyPolicy.Allow, Active = [Active("09:00")] }, At("10:00"));

        Assert.Equal(At("10:00"), decision.Start);
        Assert.Empty(decision.Replaced);
    }

    [Fact]
    public void A_suspended_one_tells_each_due_time_and_makes_up_for_the_last_one_when_it_is_released()
    {
        var suspended = State("09:00") with { Suspended = true, SuspendedBecause = "paused by an operator" };
        var decision = CronJobController.Decide(suspended, At("11:00"));
        var released = State("09:00") with { RecordedUntil = At("11:00") };

        Assert.Null(decision.Start);
        Assert.Equal([RunState.Suspended, RunState.Suspended], decision.PassedOver.Select(passed => passed.State));
        Assert.Contains("paused by an operator", decision.PassedOver[0].Message, StringComparison.Ordinal);
        Assert.Equal(At("12:00"), decision.Wake);
        Assert.Equal(At("11:00"), CronJobController.Decide(released, At("11:30")).Start);
        Assert.True(CronJobController.Decide(released with { StartingDeadline = TimeSpan.FromMinutes(5) }, At("11:30")).IsNothing);
    }

    [Fact]
    [Threat(38)]
    public void A_time_that_was_passed_over_is_waited_for_again_when_the_clock_was_set_back()
    {
        var state = State("09:00") with { RecordedUntil = At("11:00") };

        Assert.Equal(At("11:00"), CronJobController.Decide(state with { Active = [Active("09:00")] }, At("10:30")).Wake);
        Assert.Equal(At("11:00"), CronJobController.Decide(state, At("11:00")).Start);
    }

    [Fact]
    public void A_changed_schedule_makes_nothing_due_before_the_change()
    {
        var state = State("09:00") with { Schedule = CronSchedule.Parse("0 12 * * *", "Etc/UTC"), ScheduleSince = At("15:00"), RecordedUntil = At("15:00") };
        var decision = CronJobController.Decide(state, At("16:00"));

        Assert.True(decision.IsNothing);
        Assert.Equal(At("12:00").AddDays(1), decision.Wake);
        Assert.Equal(At("12:00").AddDays(1), CronJobController.Decide(state, At("12:00").AddDays(1)).Start);
    }

    [Fact]
    public void A_schedule_that_never_comes_has_nothing_to_wake_for()
    {
        var decision = CronJobController.Decide(State("09:00") with { Schedule = null }, At("10:00"));

        Assert.True(decision.IsNothing);
        Assert.Null(decision.Wake);
    }

    [Fact]
    public void A_long_absence_starts_the_most_recent_and_tells_a_hundred_times_at_most()
    {
        var minutely = CronSchedule.Parse("* * * * *", "Etc/UTC");
        var decision = CronJobController.Decide(State("09:00") with { Schedule = minutely }, At("09:00").AddDays(30));

        Assert.Equal(At("09:00").AddDays(30), decision.Start);
        Assert.Equal(99, decision.PassedOver.Count);
        Assert.Equal(At("08:59").AddDays(30), decision.PassedOver[^1].ScheduledFor);
        Assert.Contains($"About {(30 * 24 * 60) - 100} earlier due times", decision.PassedOver[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_irregular_schedule_has_each_of_its_times_told()
    {
        var weekdays = CronSchedule.Parse("0 9,10 * * MON-FRI", "Etc/UTC");
        var decision = CronJobController.Decide(State("10:00") with { Schedule = weekdays }, At("12:00").AddDays(10));

        Assert.Equal(16, decision.PassedOver.Count + (decision.Start is null ? 0 : 1));
    }

    [Theory]
    [Threat(38)]
    // Oslo leaves out 02:00 to 03:00 on 29 March 2026 and repeats it on 25 October 2026.
    [InlineData("30 2 * * *", "2026-03-28T01:30Z", "2026-03-30T00:30Z", new string[0], "2026-03-30T00:30Z")]
    [InlineData("30 2 * * *", "2026-10-24T00:30Z", "2026-10-25T01:30Z", new[] { "2026-10-25T00:30Z" }, "2026-10-25T01:30Z")]
    [InlineData("0 3 * * *", "2026-03-28T02:00Z", "2026-03-29T01:00Z", new string[0], "2026-03-29T01:00Z")]
    public void Nights_in_which_clocks_change_are_the_controllers(string expression, string last, string now, string[] missed, string? start)
    {
        var state = State(null) with
        {
            Schedule = CronSchedule.Parse(expression, "Europe/Oslo"),
            ScheduleSince = Time(last).AddDays(-9),
            LastScheduledFor = Time(last),
            RecordedUntil = Time(last),
        };
        var decision = CronJobController.Decide(state, Time(now));

        Assert.Equal(missed.Select(Time), decision.PassedOver.Select(passed => passed.ScheduledFor));
        Assert.Equal(start is null ? null : Time(start), decision.Start);
    }

    private static CronJobState State(string? last) => new()
    {
        Schedule = Hourly,
        ScheduleSince = At("00:00"),
        LastScheduledFor = last is null ? null : At(last),
        RecordedUntil = At(last ?? "00:00"),
    };

    private static RunRecord Active(string scheduledFor) => new()
    {
        Id = RunId.Parse("job-1"),
        Key = Jobs.Key("job"),
        Origin = RunOrigin.Schedule,
        ScheduledFor = At(scheduledFor),
        State = RunState.Running,
        Commit = Jobs.Commit,
        Image = Jobs.NoImage,
    };

    private static (DateTimeOffset Time, RunState State, string Reason) Only(CronJobDecision decision)
    {
        var passed = Assert.Single(decision.PassedOver);
        return (passed.ScheduledFor, passed.State, passed.Reason);
    }

    private static DateTimeOffset At(string time) => Time($"2026-03-02T{time}Z");

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
