using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Runs.Clusters;

public class RunProgressSpecs
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>What stands, what is seen, and whether it is stored.</summary>
    [Theory]
    [InlineData(null, "Running", true)]
    [InlineData(null, "Missed", true)]
    [InlineData("Pending", "Running", true)]
    [InlineData("Running", "Pending", true)]
    [InlineData("Running", "Failed", true)]
    [InlineData("Running", "Running", false)]
    [InlineData("Running", "Missed", false)]
    [InlineData("Succeeded", "Running", false)]
    [InlineData("Succeeded", "Failed", false)]
    [InlineData("Failed", "Succeeded", false)]
    [InlineData("Cancelled", "Succeeded", false)]
    [InlineData("Succeeded", "Missed", false)]
    [InlineData("Missed", "Skipped", false)]
    [InlineData("Missed", "Running", true)]
    [InlineData("Skipped", "Succeeded", true)]
    [InlineData("Suspended", "Pending", true)]
    public void A_run_only_goes_forward(string? standing, string seen, bool stored) =>
        Assert.Equal(stored, RunProgress.Of(standing is null ? null : Run(Enum.Parse<RunState>(standing)), Run(Enum.Parse<RunState>(seen))) is not null);

    [Fact]
    public void What_was_asked_for_stays_as_it_was_asked()
    {
        var asked = Run(RunState.Pending) with { Origin = RunOrigin.OnDemand, Args = ["--all"], ScheduledFor = Nine.AddSeconds(-2) };
        var next = RunProgress.Of(asked, Run(RunState.Running) with { StartedAt = Nine, Attempt = 1 })!;

        Assert.Equal((RunOrigin.OnDemand, asked.Args, asked.ScheduledFor, Nine, 1), (next.Origin, next.Args, next.ScheduledFor, next.StartedAt!.Value, next.Attempt));
    }

    [Fact]
    public void A_retry_does_not_move_the_start_and_a_lost_pod_takes_no_attempt_back()
    {
        var next = RunProgress.Of(
            Run(RunState.Running) with { StartedAt = Nine, Attempt = 2, Node = "node-1" },
            Run(RunState.Failed) with { StartedAt = Nine.AddMinutes(1), Attempt = 1, FinishedAt = Nine.AddMinutes(2) })!;

        Assert.Equal((Nine, 2, "node-1"), (next.StartedAt!.Value, next.Attempt, next.Node));
    }

    [Fact]
    public void A_name_that_another_trigger_uses_already_is_left_to_it() =>
        Assert.Null(RunProgress.Of(Run(RunState.Running), Run(RunState.Failed) with { Key = Jobs.Key("other") }));

    private static RunRecord Run(RunState state) => new()
    {
        Id = RunId.Parse("job-1"),
        Key = Jobs.Key("job"),
        Origin = RunOrigin.Schedule,
        ScheduledFor = Nine,
        State = state,
        Commit = Jobs.Commit,
        Image = Jobs.NoImage,
    };
}
