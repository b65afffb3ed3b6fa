using GitOps.Triggers.Domain;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

public sealed class RunSpecs : IAsyncLifetime
{
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await TestEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task I_can_run_a_trigger_now_with_other_arguments()
    {
        engine.Runs = [ApiData.Run(RunState.Pending)];

        var run = await engine.RunAsync("run", "nightly", "-e", "dev", "--", "--since", "yesterday");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["--since", "yesterday"], engine.Started!.Args!);
        Assert.Equal("dev", engine.Started.Environment);
        Assert.Contains("gitops-triggers logs nightly-1a2b3c4d-29571840 -f", run.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_arguments_the_manifests_own_hold()
    {
        engine.Runs = [ApiData.Run(RunState.Pending)];

        await engine.RunAsync("run", "nightly");

        Assert.Null(engine.Started!.Args);
    }

    [Fact]
    public async Task I_can_follow_a_run_and_its_failure_is_my_exit_code()
    {
        engine.Runs = [ApiData.Run(RunState.Running)];
        engine.Ended = ApiData.Run(RunState.Failed);

        var failed = await engine.RunAsync("run", "nightly", "--follow");
        engine.Ended = ApiData.Run(RunState.Succeeded);
        var succeeded = await engine.RunAsync("run", "nightly", "--follow");

        Assert.Equal((1, 0), (failed.ExitCode, succeeded.ExitCode));
        Assert.StartsWith("first line\n", failed.Output, StringComparison.Ordinal);
        Assert.Contains("failed after 58 s: The program ended with 3.", failed.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_is_handed_on_as_it_is_to_a_pipe_and_made_harmless_for_a_person()
    {
        engine.Runs = [ApiData.Run(RunState.Succeeded)];

        var piped = await engine.RunAsync("logs", "nightly");
        var shown = await engine.RunAsync(ShowTo.Person, "logs", "nightly");

        Assert.Equal("first line\n\u001b[31msecond\u001b[0m line\n", piped.Output);
        Assert.Equal("first line\n\\u001b[31msecond\\u001b[0m line\n", shown.Output);
    }

    [Fact]
    public async Task Logs_takes_a_runs_id_too_and_knows_a_trigger_that_has_not_run()
    {
        engine.Runs = [ApiData.Run(RunState.Succeeded)];
        var byId = await engine.RunAsync("logs", "nightly-1a2b3c4d-29571840");
        engine.Runs = [];
        var unknown = await engine.RunAsync("logs", "nobody");
        engine.Triggers = [ApiData.Trigger()];
        var never = await engine.RunAsync("logs", "nightly");

        Assert.Equal((0, 2, 2), (byId.ExitCode, unknown.ExitCode, never.ExitCode));
        Assert.StartsWith("first line", byId.Output, StringComparison.Ordinal);
        Assert.Contains("There is no run nobody.", unknown.Notes, StringComparison.Ordinal);
        Assert.Contains("nightly has not run in dev yet.", never.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_run_of_a_trigger_is_one_that_ran_and_no_due_time_that_passed_after_it()
    {
        engine.Triggers = [ApiData.Trigger()];
        engine.Runs = [ApiData.Run(RunState.Suspended) with { Id = "nightly-later", StartedAt = null }, ApiData.Run(RunState.Succeeded)];

        var run = await engine.RunAsync("logs", "nightly");

        Assert.StartsWith("nightly-1a2b3c4d-29571840 in dev: succeeded", run.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task I_see_every_due_time_and_why_a_run_failed()
    {
        engine.Runs = [ApiData.Run(RunState.Failed), ApiData.Run(RunState.Missed) with { Id = "other", StartedAt = null, FinishedAt = null, Message = "The engine was down." }];

        var run = await engine.RunAsync("runs", "--state", "failed");

        Assert.Contains("GET /api/v1/runs?state=failed&limit=20", engine.Requests);
        Assert.Matches(@"nightly-1a2b3c4d-29571840 +jobs +nightly +dev +5 min ago \(.*\) +failed +2 s +58 s +3 +The program ended with 3\.", run.Output);
        Assert.Matches(@"other .* missed +- +- +- +The engine was down\.", run.Output);
    }

    [Theory]
    [InlineData("2026-03-26T09:00", "2026-03-26T08:00:00.0000000%2B00:00", "")]
    [InlineData("2026-03-26T09:00Z", "2026-03-26T09:00:00.0000000%2B00:00", "")]
    [InlineData("09:00", "2026-03-27T08:00:00.0000000%2B00:00", "")]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30:00.0000000%2B00:00", "clocks go forward")]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00.0000000%2B00:00", "happens twice")]
    public async Task A_time_is_meant_in_the_zone_of_the_trigger(string typed, string asked, string note)
    {
        engine.Triggers = [ApiData.Trigger()];

        var run = await engine.RunAsync("explain", "nightly", "--at", typed);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(engine.Requests, request => UtcOf(request) == Uri.UnescapeDataString(asked));
        Assert.Contains(note, run.Notes, StringComparison.Ordinal);
        Assert.Contains("The schedule is every 5 minutes.", run.Output, StringComparison.Ordinal);
    }

    private static string UtcOf(string request) => request.Contains("at=", StringComparison.Ordinal)
        ? DateTimeOffset.Parse(Uri.UnescapeDataString(request[(request.IndexOf("at=", StringComparison.Ordinal) + 3)..]), System.Globalization.CultureInfo.InvariantCulture).ToUniversalTime().ToString("O")
        : "";
}
