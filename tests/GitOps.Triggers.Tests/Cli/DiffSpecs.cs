using GitOps.Triggers.Cli;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

public sealed class DiffSpecs : IAsyncLifetime
{
    private const string Manifest = """
        apiVersion: triggers.gitops/v1
        kind: ScheduledTrigger
        name: nightly
        environments:
          dev: { schedule: "30 2 * * *", timeZone: Europe/Oslo }

        """;

    private TestEngine engine = null!;
    private GitFolder git = null!;
    private string commit = "";

    public async ValueTask InitializeAsync()
    {
        engine = await TestEngine.StartAsync();
        git = await GitFolder.CreateAsync();
        git.Write("trigger.yaml", Manifest);
        git.Write("Dockerfile", "FROM scratch\n");
        commit = await git.CommitAsync("one");
        engine.Repositories = [ApiData.Repository("jobs", git.Url)];
        engine.Triggers = [ApiData.Trigger() with { Release = Deployed() }];
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        git.Dispose();
    }

    [Fact]
    public async Task What_is_deployed_as_it_stands_here_is_no_difference()
    {
        var run = await DiffAsync();

        Assert.Equal("nightly in dev: nothing changes; image: the same: nothing that it is built from has changed\n", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task Another_schedule_is_shown_and_needs_no_other_image()
    {
        git.Write("trigger.yaml", Manifest.Replace("30 2", "45 3", StringComparison.Ordinal));

        var run = await DiffAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nightly in dev: changed; image: the same", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n-  schedule: \"30 2 * * *\"\n+  schedule: \"45 3 * * *\"\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dockerfile", "FROM scratch\nLABEL a=b\n")]
    [InlineData("new-file.txt", "in the context\n")]
    [InlineData("trigger.yaml", Manifest + "build: { args: { A: b } }\n")]
    public async Task What_the_image_is_built_from_has_changed(string file, string content)
    {
        git.Write(file, content);

        var run = await DiffAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("image: another: it will be built", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_trigger_and_one_that_is_gone_are_told_apart()
    {
        git.Write("trigger.yaml", Manifest.Replace("nightly", "weekly", StringComparison.Ordinal));

        var run = await DiffAsync();

        Assert.Contains("weekly in dev: new", run.Output, StringComparison.Ordinal);
        Assert.Contains("nightly in dev: taken down", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_the_engine_does_not_serve_is_named()
    {
        engine.Repositories = [ApiData.Repository("other", "file:///srv/other.git")];

        var run = await DiffAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"The engine does not serve {git.Url}.", run.Notes, StringComparison.Ordinal);
        Assert.Contains("It serves other", run.Notes, StringComparison.Ordinal);
    }

    private Task<CliRun> DiffAsync() => engine.RunAsync("diff", git.Work, "-e", "dev");

    private ReleaseView Deployed()
    {
        var id = RepositoryId.Parse(engine.Repositories[0].Id);
        var manifest = ManifestReader.Read(
            new ManifestFile("trigger.yaml", System.Text.Encoding.UTF8.GetBytes(Manifest)),
            new ManifestContext { Repository = id, RepositoryName = "jobs" }).Manifest!;
        var job = Preview.Render(
            new Repository { Id = id, Name = "jobs", Url = RepositoryUrl.Parse(git.Url) },
            new EnvironmentDefinition { Name = EnvironmentName.Parse("dev"), Branch = BranchName.Parse("main"), Target = new TargetSettings.Local() },
            manifest, ImageReference.Parse(ApiData.Image), CommitSha.Parse(commit), InputHash.Parse(ApiData.Release.InputHash));
        return ApiData.Release with { Commit = commit, Rendered = RenderedYaml.Write(job) };
    }
}
