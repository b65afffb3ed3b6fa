using GitOps.Triggers.Cli;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

public sealed class DisconnectSpecs : IAsyncLifetime
{
    private const string TakenDown = "DELETE /api/v1/repositories?repository=jobs&suspend=false";
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync()
    {
        engine = await TestEngine.StartAsync();
        engine.Triggers = [ApiData.Trigger(), ApiData.Trigger() with { Trigger = "refused", Release = null }];
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Theory]
    [InlineData("y\n", 0, true)]
    [InlineData("Yes\n", 0, true)]
    [InlineData("\n", 1, false)]
    [InlineData("n\n", 1, false)]
    [InlineData("", 1, false)]
    public async Task At_a_terminal_I_am_told_what_is_taken_down_and_asked(string typed, int exitCode, bool isDone)
    {
        var run = await engine.AnswerAsync(typed, "disconnect", "jobs");

        Assert.Equal((exitCode, isDone), (run.ExitCode, engine.Requests.Contains(TakenDown)));
        Assert.Contains("This disconnects jobs and takes down nightly in dev. Go on? [y/N]", run.Notes, StringComparison.Ordinal);
        Assert.Equal(isDone, run.Output.Contains("Disconnected jobs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_it_has_to_be_said_with_yes()
    {
        var unasked = await engine.RunAsync("disconnect", "jobs");
        Assert.Equal(2, unasked.ExitCode);
        Assert.DoesNotContain(TakenDown, engine.Requests);
        Assert.Contains("Add --yes.", unasked.Notes, StringComparison.Ordinal);

        Assert.Equal(0, (await engine.RunAsync("disconnect", "jobs", "--yes")).ExitCode);
        Assert.Contains(TakenDown, engine.Requests);
    }

    [Fact]
    public async Task It_can_be_suspended_instead()
    {
        var run = await engine.RunAsync("disconnect", "jobs", "--yes", "--suspend");

        Assert.Contains("DELETE /api/v1/repositories?repository=jobs&suspend=true", engine.Requests);
        Assert.Contains("What it deployed is being suspended", run.Output, StringComparison.Ordinal);
        Assert.Contains("If the repository has a webhook to", run.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_hook_leaves_a_bare_repository_and_one_that_tells_another_engine_stays()
    {
        using var git = await GitFolder.CreateAsync();
        engine.DisconnectedUrl = git.Url;
        var hook = Path.Combine(git.Bare, "hooks", "post-receive");
        await InstallAsync(git, new Uri("http://127.0.0.1:9/api/github/webhooks"));
        await engine.RunAsync("disconnect", "jobs", "--yes");
        Assert.True(File.Exists(hook));

        await InstallAsync(git, new Uri(engine.Url, "api/github/webhooks"));
        var run = await engine.RunAsync("disconnect", "jobs", "--yes");

        Assert.False(File.Exists(hook));
        Assert.Contains($"Removed the hook {hook}.", run.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_is_not_ours_is_left_alone_and_the_one_beside_it_goes()
    {
        using var git = await GitFolder.CreateAsync();
        engine.DisconnectedUrl = git.Url;
        var hook = Path.Combine(git.Bare, "hooks", "post-receive");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        await File.WriteAllTextAsync(hook, "#!/bin/sh\nexit 0\n", TestContext.Current.CancellationToken);
        await InstallAsync(git, new Uri(engine.Url, "api/github/webhooks"));

        await engine.RunAsync("disconnect", "jobs", "--yes");

        Assert.True(File.Exists(hook));
        Assert.False(File.Exists(hook + ".gitops-triggers"));
    }

    private static Task InstallAsync(GitFolder git, Uri webhook) => new HookInstaller(git.Bare).InstallAsync(
        HookScript.Of(["gitops-triggers"], new PushNotice(git.Url, "jobs", webhook, "/secret")), TestContext.Current.CancellationToken);
}
