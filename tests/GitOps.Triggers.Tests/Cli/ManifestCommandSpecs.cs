using System.Text.Json;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

/// <summary>lint, render, next and init: without an engine.</summary>
public sealed class ManifestCommandSpecs : IDisposable
{
    private const string Good = """
        apiVersion: triggers.gitops/v1
        kind: ScheduledTrigger
        name: nightly
        environments:
          dev: { schedule: "30 2 * * *", timeZone: Europe/Oslo }
          prod: {}

        """;

    private readonly TempFolder folder = new();

    [Fact]
    public async Task I_see_everything_that_is_wrong_at_once_as_compilers_print_it()
    {
        folder.Write("good/trigger.yaml", Good);
        folder.Write("bad/trigger.yaml", Good.Replace("name: nightly", "name: other\nretires: 1", StringComparison.Ordinal).Replace("30 2 * * *", "0 0 31 2 *", StringComparison.Ordinal));

        var run = await CliRun.RunAsync(folder.Path, "lint");

        Assert.Equal(1, run.ExitCode);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("bad/trigger.yaml:4:1: error: retires: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("bad/trigger.yaml:6:20: error: environments.dev.schedule: ", lines[1], StringComparison.Ordinal);
        Assert.Equal("2 errors in 2 files\n", run.Notes);
    }

    [Fact]
    public async Task A_person_sees_the_line_with_a_caret_under_the_place()
    {
        folder.Write("trigger.yaml", Good.Replace("  prod: {}", "  prod: { schedul: x }", StringComparison.Ordinal));

        var run = await CliRun.RunAsync(folder.Path, TimeProvider.System, ShowTo.Person, "lint");

        Assert.Contains("    6 |   prod: { schedul: x }\n      |           ^\n", run.WithoutStyles, StringComparison.Ordinal);
        Assert.Contains("  fix: Write schedule.", run.WithoutStyles, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warnings_do_not_fail_and_paths_are_seen_from_where_I_stand()
    {
        folder.Write("engine.yaml", """
            data: ./data
            environments: [ { name: dev, branch: main, target: { kind: local } } ]
            webhooks: { secretFiles: [ ./secret ] }
            """);
        folder.Write("jobs/trigger.yaml", Good);
        Directory.CreateDirectory(folder["elsewhere"]);

        var run = await CliRun.RunAsync(folder["elsewhere"], "lint", "../jobs", "-c", "../engine.yaml");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("../jobs/trigger.yaml:6:3: warning: ", run.Output, StringComparison.Ordinal);
        Assert.Equal("1 warning in 1 file\n", run.Notes);
    }

    [Fact]
    public async Task The_engines_configuration_is_linted_too()
    {
        folder.Write("engine.yaml", "data: ./data\nenvironmnets: []\n");

        var run = await CliRun.RunAsync(folder.Path, "lint", "--engine-config", "-o", "json");

        Assert.Equal(1, run.ExitCode);
        using var report = JsonDocument.Parse(run.Output);
        Assert.Contains(report.RootElement.GetProperty("findings").EnumerateArray(), finding =>
            finding.GetProperty("location").GetString() == "engine.yaml:2:1" && finding.GetProperty("fix").GetString()!.Contains("environments", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_what_git_could_push_is_looked_at_but_a_link_is_found()
    {
        using var git = await GitFolder.CreateAsync();
        git.Write(".gitignore", "node_modules/\n");
        git.Write("node_modules/dep/trigger.yaml", "not: a manifest\n");
        git.Write("jobs/trigger.yaml", Good);
        Directory.CreateDirectory(Path.Combine(git.Work, "linked"));
        File.CreateSymbolicLink(Path.Combine(git.Work, "linked/trigger.yaml"), "../jobs/trigger.yaml");

        var run = await CliRun.RunAsync(git.Work, "lint");

        Assert.DoesNotContain("node_modules", run.Output, StringComparison.Ordinal);
        Assert.Contains("linked/trigger.yaml: error: It is a symbolic link", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task I_can_render_what_would_be_applied()
    {
        folder.Write("trigger.yaml", Good);
        var image = "registry.example.com/jobs/nightly@sha256:" + new string('a', 64);

        var yaml = await CliRun.RunAsync(folder.Path, "render", "-e", "dev", "--image", image);
        var json = await CliRun.RunAsync(folder.Path, "render", "-e", "dev", "-o", "json");
        var unknown = await CliRun.RunAsync(folder.Path, "render", "-e", "staging");

        Assert.Equal((0, 0, 2), (yaml.ExitCode, json.ExitCode, unknown.ExitCode));
        Assert.StartsWith("apiVersion: batch/v1\nkind: CronJob\n", yaml.Output, StringComparison.Ordinal);
        Assert.Contains($"image: {image}", yaml.Output, StringComparison.Ordinal);
        Assert.Equal("30 2 * * *", JsonDocument.Parse(json.Output).RootElement.GetProperty("spec").GetProperty("schedule").GetString());
        Assert.Contains("They name dev, prod.", unknown.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_says_it_in_words_and_points_at_the_clocks_changing()
    {
        folder.Write("trigger.yaml", Good);

        var run = await CliRun.RunAsync(folder.Path, new HastyClock(new DateTimeOffset(2026, 3, 27, 8, 0, 0, TimeSpan.Zero)), ShowTo.Pipe, "next", "--count", "3");

        Assert.Contains("nightly in dev: every day at 02:30 Europe/Oslo  (30 2 * * *)", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"in 17 h +Sat 2026-03-28 02:30 CET +Sat 2026-03-28 01:30 UTC", run.Output);
        Assert.Matches(@"CEST .* UTC +clocks go forward 1 h at Sun 2026-03-29 03:00 CEST", run.Output);
        Assert.Contains("nightly in prod: awaiting schedule: it runs on demand only", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Next_takes_a_schedule_by_itself_and_refuses_one_that_never_fires()
    {
        var good = await CliRun.RunAsync(folder.Path, "next", "--schedule", "0 9 * * MON-FRI", "-n", "2", "-o", "json");
        var never = await CliRun.RunAsync(folder.Path, "next", "--schedule", "0 0 31 2 *");

        Assert.Equal((0, 1), (good.ExitCode, never.ExitCode));
        Assert.Equal(2, JsonDocument.Parse(good.Output).RootElement[0].GetProperty("times").GetArrayLength());
        Assert.Contains("never runs", never.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_H_is_resolved_for_the_origin_and_it_says_so()
    {
        using var git = await GitFolder.CreateAsync();
        git.Write("trigger.yaml", Good.Replace("30 2", "H 2", StringComparison.Ordinal));

        var run = await CliRun.RunAsync(git.Work, "next");
        await git.GitAsync(git.Work, "remote", "remove", "origin");
        var without = await CliRun.RunAsync(git.Work, "next");

        Assert.Contains($"H is resolved for {git.Url}", run.Notes, StringComparison.Ordinal);
        Assert.Contains("no remote 'origin' yet", without.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_writes_a_manifest_without_mistakes_and_never_over_another()
    {
        var first = await CliRun.RunAsync(folder.Path, "init", "My Jobs", "--schedule", "H 9 * * MON-FRI", "--time-zone", "Europe/Oslo");
        var text = File.ReadAllText(folder["My Jobs/trigger.yaml"]);
        var lint = await CliRun.RunAsync(folder.Path, "lint");
        var again = await CliRun.RunAsync(folder.Path, "init", "My Jobs");

        Assert.Equal((0, 0, 2), (first.ExitCode, lint.ExitCode, again.ExitCode));
        Assert.Empty(lint.Output);
        Assert.Contains("name: my-jobs\n", text, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(folder["My Jobs/trigger.yaml"]));
        Assert.Contains("Dockerfile: what it starts is your job", first.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Init_refuses_a_schedule_that_never_fires_and_writes_nothing()
    {
        var run = await CliRun.RunAsync(folder.Path, "init", "jobs", "--schedule", "0 0 31 2 *");

        Assert.Equal(2, run.ExitCode);
        Assert.False(Directory.Exists(folder["jobs"]));
    }

    public void Dispose() => folder.Dispose();
}
