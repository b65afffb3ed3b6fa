using GitOps.Triggers.Containers;
using GitOps.Triggers.Runs;
using Xunit;

namespace GitOps.Triggers.Tests.Runs;

public class AttemptOutcomesSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, false, null, "Completed")]
    [InlineData(3, false, null, "Error")]
    [InlineData(137, true, null, "OOMKilled")]
    [InlineData(137, false, null, "Error")]
    [InlineData(0, false, "DeadlineExceeded", "DeadlineExceeded")]
    [InlineData(137, true, "DeadlineExceeded", "DeadlineExceeded")]
    public void The_reason_follows_from_how_the_container_ended(int exitCode, bool outOfMemory, string? stopped, string reason)
    {
        var outcome = AttemptOutcomes.Of(State(exitCode, outOfMemory, Now.AddMinutes(-5)), stopped, Now);

        Assert.Equal((reason, exitCode, Now.AddMinutes(-5)), (outcome.Reason, outcome.ExitCode, outcome.EndedAt));
    }

    [Fact]
    public void No_run_ends_before_it_starts() =>
        Assert.Equal(Now, AttemptOutcomes.Of(State(0, false, Now.AddMilliseconds(-5)) with { StartedAt = Now }, null, Now).EndedAt);

    [Fact]
    public void An_end_in_the_future_is_a_clock_that_was_set_back() =>
        Assert.Equal(Now, AttemptOutcomes.Of(State(0, false, Now.AddHours(1)) with { StartedAt = Now.AddMinutes(-1) }, null, Now).EndedAt);

    [Theory]
    [InlineData("\"exited\"", "\"2026-03-02T10:00:00.123456789+01:00\"", true)]
    [InlineData("\"running\"", "\"2026-03-02T10:00:00Z\"", true)]
    [InlineData("\"created\"", "\"0001-01-01T00:00:00Z\"", false)]
    [InlineData("\"created\"", "\"2026-03-02T10:00:00Z\"", false)]
    public void Podmans_and_dockers_answers_are_read(string status, string startedAt, bool runsOrEnded)
    {
        var state = JobContainerState.Parse($$$"""[{"State":{"Status":{{{status}}},"ExitCode":0,"OOMKilled":false,"StartedAt":{{{startedAt}}},"FinishedAt":"0001-01-01T00:00:00Z"},"Config":{"Env":["A=b"]}}]""");

        Assert.Equal((runsOrEnded, startedAt.Contains("2026", StringComparison.Ordinal), (DateTimeOffset?)null), (state.RunsOrEnded, state.StartedAt is not null, state.FinishedAt));
        Assert.Equal(["A=b"], state.Env);
    }

    private static JobContainerState State(int exitCode, bool outOfMemory, DateTimeOffset finished) => new()
    {
        RunsOrEnded = true,
        ExitCode = exitCode,
        OutOfMemory = outOfMemory,
        StartedAt = finished.AddMinutes(-1),
        FinishedAt = finished,
        Env = [],
    };
}
