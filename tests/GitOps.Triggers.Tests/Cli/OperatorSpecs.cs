using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

public sealed class OperatorSpecs : IAsyncLifetime
{
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await TestEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task I_can_pause_and_resume_a_trigger()
    {
        engine.Triggers = [ApiData.Trigger()];

        var paused = await engine.RunAsync("pause", "nightly", "-e", "dev", "--reason", "the API is down");
        var resumed = await engine.RunAsync("resume", "nightly", "-e", "dev");

        Assert.Equal((0, 0), (paused.ExitCode, resumed.ExitCode));
        Assert.Contains("nightly in dev is paused (the API is down).", paused.Output, StringComparison.Ordinal);
        Assert.Contains("no longer paused. Next run in 17 h (Sat 02:30 CET).", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("DELETE /api/v1/pauses?environment=dev&trigger=nightly", engine.Requests);
    }

    [Fact]
    public async Task What_the_engine_refuses_ends_with_2_and_its_own_words()
    {
        engine.Refusal = new Problem("Several triggers are called nightly.", "Add --environment.");

        var run = await engine.RunAsync("pause", "nightly");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal("error: Several triggers are called nightly.\n  Add --environment.\n", run.Notes);
    }

    [Fact]
    public async Task I_see_what_was_deployed_and_what_was_built()
    {
        engine.Releases = [ApiData.Release, ApiData.Release with { Id = 6, Kind = DeploymentKind.Promoted, Environment = "prod", BuildId = null }];
        engine.Builds = [new BuildView { Id = 4, Repository = "jobs", Environment = "dev", Trigger = "nightly", InputHash = new string('b', 64), Commit = ApiData.Commit, State = BuildState.Succeeded, Builder = "podman build", StartedAt = ApiData.Now.AddHours(-3), FinishedAt = ApiData.Now.AddHours(-3).AddSeconds(8), Image = ApiData.Image }];

        var releases = await engine.RunAsync("releases");
        var builds = await engine.RunAsync("builds", "nightly");
        var log = await engine.RunAsync("logs", "--build", "latest");

        Assert.Matches(@"7 +jobs +nightly +dev +3 h ago .* built \(build 4\) +30 2 \* \* \* +cccccccccc +aaaaaaaaaaaa", releases.Output);
        Assert.Matches(@"6 .* prod .* promoted ", releases.Output);
        Assert.Matches(@"4 +jobs +nightly +succeeded +3 h ago .* 8 s +podman build +bbbbbbbbbbbb +cccccccccc +aaaaaaaaaaaa", builds.Output);
        Assert.Equal("STEP 1\nSTEP 2\n", log.Output);
    }

    [Fact]
    public async Task A_build_that_waits_for_a_place_is_shown_without_a_start()
    {
        engine.Builds = [new BuildView { Id = 4, Repository = "jobs", Environment = "dev", Trigger = "nightly", InputHash = new string('b', 64), Commit = ApiData.Commit, State = BuildState.Waiting, Builder = "" }];

        var builds = await engine.RunAsync("builds", "nightly");

        Assert.Matches(@"4 +jobs +nightly +waiting +- +- +- +bbbbbbbbbbbb +cccccccccc +- ", builds.Output);
    }

    [Fact]
    public async Task I_see_what_happened_with_a_trigger_and_when()
    {
        engine.Events =
        [
            new EventView { Id = 2, At = ApiData.Now.AddMinutes(-4), Kind = "run", Repository = "jobs", Environment = "dev", Trigger = "nightly", Text = "nightly-1a2b3c4d-29571840 failed (Exit)" },
            new EventView { Id = 1, At = ApiData.Now.AddHours(-3), Kind = "pass", Repository = "jobs", Environment = "dev", Text = "1 trigger deployed" },
        ];

        var shown = await engine.RunAsync("events", "nightly", "-e", "dev", "-r", "jobs", "-n", "5");
        var json = await engine.RunAsync("events", "-o", "json");

        Assert.Contains("GET /api/v1/events?repository=jobs&environment=dev&trigger=nightly&limit=5", engine.Requests);
        Assert.Contains("GET /api/v1/events?limit=20", engine.Requests);
        Assert.Matches(@"4 min ago \(.*\) +run +jobs +nightly +dev +nightly-1a2b3c4d-29571840 failed \(Exit\)\n3 h ago \(.*\) +pass +jobs +- +dev +1 trigger deployed", shown.Output);
        Assert.Contains("\"kind\": \"run\"", json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task I_see_which_webhook_requests_came_and_what_became_of_them()
    {
        engine.Deliveries =
        [
            new DeliveryView { Guid = "b", ReceivedAt = ApiData.Now.AddMinutes(-4), Event = "pull_request", Action = "closed", Outcome = "ignored: not a push" },
            new DeliveryView { Guid = "a", ReceivedAt = ApiData.Now.AddHours(-3), Event = "push", Repository = "jobs", Outcome = "marked dev" },
        ];

        var run = await engine.RunAsync("deliveries", "-n", "5");

        Assert.Contains("GET /api/v1/deliveries?limit=5", engine.Requests);
        Assert.Matches(@"4 min ago \(.*\) +pull_request\.closed +- +ignored: not a push +b\n3 h ago \(.*\) +push +jobs +marked dev +a\n", run.Output);
    }

    [Fact]
    public async Task Connecting_a_repository_elsewhere_says_how_to_set_up_its_webhook_and_never_shows_the_secret()
    {
        var run = await engine.RunAsync("connect", "git@example.com:team/jobs.git", "--ssh-key-file", "keys/jobs");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("ssh://git@example.com/team/jobs.git", engine.Connected!.Url);
        Assert.Equal(Path.Combine(engine.Folder.Path, "keys/jobs"), engine.Connected.SshKeyFile);
        Assert.Contains("payload URL", run.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain(File.ReadAllText(engine.TokenFile).Trim(), run.Notes + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_URL_with_a_password_is_refused_without_repeating_it()
    {
        var run = await engine.RunAsync("connect", "https://me:hunter2@example.com/team/jobs.git");

        Assert.Equal(2, run.ExitCode);
        Assert.DoesNotContain("hunter2", run.Notes, StringComparison.Ordinal);
        Assert.Null(engine.Connected);
    }
}
