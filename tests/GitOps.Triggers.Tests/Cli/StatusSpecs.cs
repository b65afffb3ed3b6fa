using System.Text.Json;
using GitOps.Triggers.Cli;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

public sealed class StatusSpecs : IAsyncLifetime
{
    private static readonly string Other = new('d', 40);
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await TestEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task I_see_what_runs_where_and_when_it_runs_next()
    {
        engine.Repositories = [ApiData.Repository("jobs", "file:///srv/jobs.git", ApiData.Pass(PassOutcome.Applied, ApiData.Commit))];
        engine.Triggers = [ApiData.Trigger()];

        var run = await engine.RunAsync("status");

        var rows = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, rows.Length);
        Assert.Equal(["REPOSITORY", "TRIGGER", "ENVIRONMENT", "STATE", "SCHEDULE", "NEXT", "LAST RUN", "IMAGE"], Cells(rows[0]));
        Assert.Equal(["jobs", "nightly", "dev", "deployed", "every day at 02:30 Europe/Oslo", "in 17 h (Sat 02:30 CET)", "succeeded 4 min ago", "aaaaaaaaaaaa"], Cells(rows[1]));
    }

    [Fact]
    public async Task Programs_get_the_whole_digest_as_JSON_and_YAML()
    {
        engine.Triggers = [ApiData.Trigger()];

        var json = await engine.RunAsync("status", "-o", "json");
        var yaml = await engine.RunAsync("status", "-o", "yaml");

        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal(ApiData.Image, document.RootElement.GetProperty("triggers")[0].GetProperty("release").GetProperty("image").GetString());
        Assert.Contains($"image: {ApiData.Image}", yaml.Output, StringComparison.Ordinal);
        Assert.Empty(json.Notes);
    }

    [Fact]
    public async Task What_needs_me_stands_beneath_the_table()
    {
        var finding = new Finding { File = "trigger.yaml", Line = 3, Column = 5, Path = "run", Message = "'retires' is not known.", Fix = "Write retries." };
        engine.Repositories =
        [
            ApiData.Repository("jobs", "file:///srv/jobs.git", ApiData.Pass(PassOutcome.Held, ApiData.Commit)),
            ApiData.Repository("bad", "file:///srv/bad.git", ApiData.Pass(PassOutcome.Rejected, ApiData.Commit) with { Message = "1 error", Findings = [finding] }),
        ];
        engine.Triggers =
        [
            ApiData.Trigger(TriggerState.Held) with { Message = "held: 0 of 1 successful runs in dev", Until = ApiData.Now.AddMinutes(30) },
            ApiData.Trigger() with { Trigger = "weekly", PausedSince = ApiData.Now.AddDays(-3), PauseReason = "the API is down" },
        ];

        var run = await engine.RunAsync("status");

        Assert.Contains("nightly in dev: held: 0 of 1 successful runs in dev. Looked at again in 30 min", run.Output, StringComparison.Ordinal);
        Assert.Contains("weekly in dev: Paused 3 d ago: the API is down", run.Output, StringComparison.Ordinal);
        Assert.Contains("deployed, paused", run.Output, StringComparison.Ordinal);
        Assert.Contains("bad in dev: 1 error", run.Output, StringComparison.Ordinal);
        Assert.Contains("trigger.yaml:3:5: error: run: 'retires' is not known.", run.Output, StringComparison.Ordinal);
        Assert.Contains("fix: Write retries.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_whose_remote_cannot_be_asked_is_told_of_though_everything_runs()
    {
        engine.Repositories = [Jobs(ApiData.Pass(PassOutcome.Applied, ApiData.Commit)) with { Problem = "the host refused access. Give it another token.", ProblemSince = ApiData.Now.AddHours(-3) }];
        engine.Triggers = [ApiData.Trigger()];

        var run = await engine.RunAsync("status");

        Assert.Equal(0, run.ExitCode);
        Assert.EndsWith(
            "jobs: Cannot be asked for its branches, noticed 3 h ago: the host refused access. Give it another token. Until then a push whose webhook is lost stays unseen.\n",
            run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_I_should_know_of_a_trigger_that_runs_stands_beneath_the_table_too()
    {
        engine.Repositories = [Jobs(ApiData.Pass(PassOutcome.Unchanged, ApiData.Commit))];
        engine.Triggers = [ApiData.Trigger() with { Message = "up to date; somebody changed its CronJob by hand", HasRemark = true }];

        var run = await engine.RunAsync("status");

        Assert.Contains("deployed, see below", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("nightly in dev: up to date; somebody changed its CronJob by hand.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_finding_says_is_not_said_twice()
    {
        var finding = new Finding { File = "trigger.yaml", Line = 3, Column = 5, Path = "run", Message = "'retires' is not known.", Fix = "Write retries." };
        engine.Repositories = [Jobs(ApiData.Pass(PassOutcome.Rejected, ApiData.Commit))];
        engine.Triggers = [ApiData.Trigger(TriggerState.Rejected) with { Message = finding.Message, Findings = [finding] }];

        var run = await engine.RunAsync("status");

        Assert.Contains("nightly in dev:\n  trigger.yaml:3:5: error: run: 'retires' is not known.\n", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Output.Split("'retires'").Length);
    }

    [Theory]
    [InlineData("--repository", "nowhere")]
    [InlineData("--environment", "nowhere")]
    [InlineData("nobody", null)]
    public async Task A_name_that_nothing_has_is_an_error_and_no_empty_table(string first, string? second)
    {
        engine.Repositories = [Jobs(ApiData.Pass(PassOutcome.Applied, ApiData.Commit))];

        var run = await engine.RunAsync(second is null ? ["status", first] : ["status", first, second]);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("There is nothing by these names.", run.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_waited_for_is_said_once_and_by_what_it_is()
    {
        var building = new StatusReport([ApiData.Trigger(TriggerState.Building)], [Jobs(ApiData.Pass(PassOutcome.Applied, Other, due: true))]);
        var looking = building with { Triggers = [] };

        Assert.Equal("nightly in dev is building", PassWait.Progress(building, ApiData.Commit));
        Assert.Equal("the branch of dev in jobs is looked at", PassWait.Progress(looking, ApiData.Commit));
    }

    [Fact]
    public async Task Nothing_that_a_repository_says_can_steer_my_terminal()
    {
        engine.Triggers = [ApiData.Trigger() with { PausedSince = ApiData.Now, PauseReason = "\u001b[2J[red]gone[/]" }];

        var run = await engine.RunAsync(ShowTo.Person, "status");

        Assert.DoesNotContain('\u001b', run.WithoutStyles);
        Assert.Contains("\\u001b[2J[red]gone[/]", run.WithoutStyles, StringComparison.Ordinal);
    }

    [Fact]
    public async Task I_can_wait_until_my_commit_is_deployed()
    {
        engine.Triggers = [ApiData.Trigger()];
        engine.RepositoriesThen.Enqueue([Jobs(ApiData.Pass(null, Other, due: true))]);
        engine.RepositoriesThen.Enqueue([Jobs(ApiData.Pass(PassOutcome.Applied, Other, due: true))]);
        engine.RepositoriesThen.Enqueue([Jobs(ApiData.Pass(PassOutcome.Retry, ApiData.Commit, due: true))]);
        engine.RepositoriesThen.Enqueue([Jobs(ApiData.Pass(PassOutcome.Applied, ApiData.Commit))]);

        var run = await engine.RunAsync("status", "--wait", "--commit", ApiData.Commit[..8].ToUpperInvariant());

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(engine.RepositoriesThen);
        Assert.Contains("nightly", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PassOutcome.Rejected, TriggerState.Deployed)]
    [InlineData(PassOutcome.Held, TriggerState.Held)]
    [InlineData(PassOutcome.Applied, TriggerState.Rejected)]
    internal async Task Waiting_ends_with_1_when_the_commit_was_rejected_or_is_held(PassOutcome outcome, TriggerState state)
    {
        engine.Triggers = [ApiData.Trigger(state)];
        engine.Repositories = [Jobs(ApiData.Pass(outcome, ApiData.Commit, due: outcome == PassOutcome.Held))];

        Assert.Equal(1, (await engine.RunAsync("status", "--wait", "--commit", ApiData.Commit)).ExitCode);
        Assert.Equal(1, (await engine.RunAsync("status", "--wait")).ExitCode);
    }

    [Fact]
    public async Task Waiting_for_my_commit_ends_well_whatever_another_repository_is_refused()
    {
        engine.Repositories = [Jobs(ApiData.Pass(PassOutcome.Applied, ApiData.Commit)), ApiData.Repository("other", "file:///srv/other.git", ApiData.Pass(PassOutcome.Rejected, Other))];
        engine.Triggers = [ApiData.Trigger(), ApiData.Trigger(TriggerState.Rejected) with { Repository = "other" }];

        Assert.Equal(0, (await engine.RunAsync("status", "--wait", "--commit", ApiData.Commit)).ExitCode);
        Assert.Equal(1, (await engine.RunAsync("status", "--wait", "--commit", Other)).ExitCode);
    }

    [Fact]
    public async Task A_pass_that_ends_while_I_ask_is_not_shown_beside_what_was_before_it()
    {
        engine.Repositories = [Jobs(ApiData.Pass(PassOutcome.Rejected, Other, due: true))];
        engine.Triggers = [ApiData.Trigger(TriggerState.Rejected)];
        engine.Answered = () =>
        {
            engine.Repositories = [Jobs(ApiData.Pass(PassOutcome.Applied, ApiData.Commit))];
            engine.Triggers = [ApiData.Trigger()];
        };

        Assert.Equal(0, (await engine.RunAsync("status", "--wait", "--commit", ApiData.Commit)).ExitCode);
    }

    [Fact]
    public async Task Waiting_gives_up_at_its_time_and_says_where_the_branch_is()
    {
        engine.Repositories = [Jobs(ApiData.Pass(PassOutcome.Applied, Other))];

        var run = await engine.RunAsync("status", "--wait", "--commit", ApiData.Commit, "--timeout", "10s");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("No pass has finished with cccccccccc yet: dev is at dddddddddd (applied)", run.Notes, StringComparison.Ordinal);
    }

    private static RepositoryView Jobs(PassView pass) => ApiData.Repository("jobs", "file:///srv/jobs.git", pass);

    private static string[] Cells(string row) => row.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
