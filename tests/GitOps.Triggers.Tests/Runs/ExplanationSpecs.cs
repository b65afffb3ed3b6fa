using System.Globalization;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

public class ExplanationSpecs
{
    private const string Daily = "0 9 * * *";
    private static readonly DateTimeOffset Now = Time("2026-03-10T12:00Z");

    /// <summary>The record of the due time (its state, start and end), the verdict, and words that must be said. The schedule is daily at nine in Oslo, 08:00 UTC in winter.</summary>
    [Theory]
    [InlineData("Succeeded", "08:00:02", "08:00:32", "Ran", "was due in dev at Mon 2026-03-09 09:00 Europe/Oslo (08:00 UTC)|every day at 09:00 Europe/Oslo|ended after 30s: Completed, exit code 0")]
    [InlineData("Succeeded", "10:00:00", "10:00:30", "Ran late", "That was 2h late: nothing could start it before")]
    [InlineData("Failed", "08:00:02", "08:01:02", "Failed", "Completed, exit code 0|message of the run")]
    [InlineData("Running", "08:00:02", null, "Running", "goes on")]
    [InlineData("Pending", null, null, "About to start", "its container is being made")]
    [InlineData("Cancelled", "08:00:02", "09:00:00", "Cancelled", "message of the run")]
    [InlineData("Missed", null, null, "Missed", "message of the run|It is due next at Wed 2026-03-11 09:00 Europe/Oslo")]
    [InlineData("Skipped", null, null, "Skipped", "message of the run|It is due next at")]
    [InlineData("Suspended", null, null, "Suspended", "message of the run|It is due next at")]
    public void A_due_time_is_explained_by_its_record(string state, string? started, string? finished, string verdict, string words)
    {
        var run = Run("2026-03-09T08:00Z", Enum.Parse<RunState>(state)) with
        {
            StartedAt = started is null ? null : Time($"2026-03-09T{started}Z"),
            FinishedAt = finished is null ? null : Time($"2026-03-09T{finished}Z"),
            Attempt = started is null ? 0 : 1,
            ExitCode = finished is null ? null : 0,
            Reason = finished is null ? null : "Completed",
            Message = "message of the run",
        };

        Says(Explain("2026-03-09T08:00:40Z", runs: run), verdict, words);
    }

    [Fact]
    public void A_late_run_names_the_one_that_it_had_to_wait_for()
    {
        var before = Run("2026-03-08T08:00Z", RunState.Succeeded) with { StartedAt = Time("2026-03-08T08:00Z"), FinishedAt = Time("2026-03-09T08:20Z") };
        var late = Run("2026-03-09T08:00Z", RunState.Succeeded) with { StartedAt = Time("2026-03-09T08:20:01Z"), FinishedAt = Time("2026-03-09T08:30Z"), Reason = "Completed" };

        Says(Explain("2026-03-09T08:00Z", runs: [before, late]), "Ran late", $"20m1s late: the run before, {before.Id}, went on until Mon 2026-03-09 09:20 Europe/Oslo");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_run_that_waits_for_a_place_has_failed_no_attempt(int attempt)
    {
        var run = Run("2026-03-09T08:00Z", RunState.Pending) with { Attempt = attempt, Reason = "Unschedulable", Message = "It waits for its turn." };

        var explanation = Explain("2026-03-09T08:00Z", runs: run);

        Says(explanation, "Waiting to start", "It waits for its turn");
        Assert.DoesNotContain(explanation.Sentences, sentence => sentence.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failed_attempt_that_waits_for_another_says_so()
    {
        var run = Run("2026-03-09T08:00Z", RunState.Pending) with { Attempt = 1, Reason = "OOMKilled", Message = "It needed more memory." };

        Says(Explain("2026-03-09T08:00Z", runs: run), "Waiting for another attempt", "Attempt 1 failed (OOMKilled)|It needed more memory");
    }

    [Fact]
    public void A_time_that_was_not_due_tells_its_neighbours()
    {
        var before = Run("2026-03-09T08:00Z", RunState.Skipped);

        Says(Explain("2026-03-09T10:30Z", runs: before), "Not due", "was not due in dev at Mon 2026-03-09 11:30 Europe/Oslo|The due time before was Mon 2026-03-09 09:00 Europe/Oslo (08:00 UTC): skipped|The due time after was Tue 2026-03-10 09:00");
    }

    [Fact]
    public void A_run_on_demand_near_a_time_that_was_not_due_is_named()
    {
        var run = Run("2026-03-09T10:29Z", RunState.Succeeded) with { Origin = RunOrigin.OnDemand, StartedAt = Time("2026-03-09T10:29Z"), FinishedAt = Time("2026-03-09T10:30Z") };

        Says(Explain("2026-03-09T10:30Z", runs: run), "Not due", "was started on demand at Mon 2026-03-09 11:29 Europe/Oslo (10:29 UTC): ran");
    }

    [Theory]
    [InlineData("30 2 * * *", "2026-03-29T01:30Z", "Not due", "On 2026-03-29 the clocks of Europe/Oslo went from 02:00 to 03:00, so 02:30 did not come")]
    [InlineData("30 2 * * *", "2026-10-25T00:30Z", "No record", "02:30 came twice; this was the first one")]
    [InlineData("30 2 * * *", "2026-10-25T01:30Z", "No record", "02:30 came twice; this was the second one")]
    public void Nights_in_which_the_clock_is_changed_are_told(string schedule, string at, string verdict, string words) =>
        Says(Explain(at, schedule, now: "2026-12-01T00:00Z"), verdict, words);

    [Fact]
    public void A_day_without_a_change_of_the_clock_says_nothing_of_it() =>
        Assert.DoesNotContain(Explain("2026-03-28T10:30Z", "30 2 * * *", now: "2026-12-01T00:00Z").Sentences, sentence => sentence.Contains("clocks", StringComparison.Ordinal));

    [Theory]
    [InlineData(false, false, "Not due yet", "is due in dev at|It will run then")]
    [InlineData(true, false, "Paused", "It is paused since 2026-03-10 11:00 UTC (month end)")]
    [InlineData(false, true, "Suspended", "suspend: true")]
    public void A_time_to_come_is_told_with_what_stands_in_its_way(bool paused, bool suspended, string verdict, string words)
    {
        var pause = paused ? new PauseRecord { Key = Jobs.Key("job"), Since = Time("2026-03-10T11:00Z"), Reason = "month end" } : null;

        Says(Explain("2026-03-11T08:00Z", pause: pause, suspended: suspended), verdict, words);
    }

    [Fact]
    public void The_schedule_is_the_one_that_was_in_force_then() =>
        Says(
            Explanation.Of(Input("2026-03-09T08:00Z") with { Deployments = [Deployment("2026-03-09T12:00Z", "0 7 * * *"), Deployment("2026-03-01T00:00Z", Daily)] }),
            "No record",
            "every day at 09:00 Europe/Oslo");

    [Fact]
    public void Without_a_schedule_it_runs_on_demand() =>
        Says(Explain("2026-03-09T08:00Z", schedule: null), "Awaiting schedule", "had no schedule in dev then");

    [Fact]
    public void Before_its_first_deployment_it_was_not_there()
    {
        Says(Explain("2026-02-01T08:00Z"), "Not deployed", "It was deployed there first at Sun 2026-03-01 00:00 UTC, from commit cccccccccc");
        Says(Explanation.Of(Input("2026-02-01T08:00Z") with { Deployments = [] }), "Not deployed", "It never was");
    }

    [Fact]
    public void What_stands_still_is_not_promised_to_run()
    {
        var gone = Deployment("2026-03-01T00:00Z", Daily) with { StandsStill = "the branch 'main' no longer exists" };

        Says(Explanation.Of(Input("2026-03-11T08:00Z") with { Deployments = [gone] }), "Suspended", "is due in dev|It stands still: the branch 'main' no longer exists.");
    }

    private static Explanation Explain(string at, string? schedule = Daily, string? now = null, PauseRecord? pause = null, bool suspended = false, params RunRecord[] runs) =>
        Explanation.Of(Input(at) with
        {
            Now = now is null ? Now : Time(now),
            Deployments = [Deployment("2026-03-01T00:00Z", schedule) with { Suspended = suspended }],
            Runs = runs,
            Pause = pause,
        });

    private static ExplanationInput Input(string at) => new()
    {
        Trigger = TriggerName.Parse("job"),
        Environment = Jobs.Dev.Name,
        At = Time(at),
        Now = Now,
        Deployments = [],
        Runs = [],
    };

    private static void Says(Explanation explanation, string verdict, string words)
    {
        Assert.Equal(verdict, explanation.Verdict);
        var said = string.Join(' ', explanation.Sentences);
        Assert.All(words.Split('|'), word => Assert.Contains(word, said, StringComparison.Ordinal));
        Assert.InRange(explanation.Sentences.Count, 1, 5);
    }

    private static DeploymentRecord Deployment(string at, string? schedule) => new()
    {
        Key = Jobs.Key("job"),
        Commit = Jobs.Commit,
        Hash = InputHash.Parse(new string('a', 64)),
        Image = Jobs.NoImage,
        Settings = SettingsFingerprint.Parse(new string('b', 64)),
        Kind = DeploymentKind.Built,
        DeployedAt = Time(at),
        Place = Place.ThisMachine,
        Schedule = schedule,
        TimeZone = schedule is null ? null : "Europe/Oslo",
        Rendered = "",
    };

    private static RunRecord Run(string scheduledFor, RunState state) => new()
    {
        Id = RunId.Parse($"job-{Time(scheduledFor).ToUnixTimeSeconds() / 60}"),
        Key = Jobs.Key("job"),
        Origin = RunOrigin.Schedule,
        ScheduledFor = Time(scheduledFor),
        State = state,
        Commit = Jobs.Commit,
        Image = Jobs.NoImage,
    };

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
