using GitOps.Triggers.Domain;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.Cli;

public sealed class SyncSpecs : IAsyncLifetime
{
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await TestEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task I_can_have_git_looked_at_now_and_see_what_is_looked_at()
    {
        var run = await engine.RunAsync("sync");

        Assert.Equal((0, new SyncRequest(null, null)), (run.ExitCode, engine.Synced));
        Assert.Equal("Looking at jobs for dev, prod.\nLooking at other for dev.\n", run.Output);
    }

    [Fact]
    public async Task One_repository_or_one_environment_can_be_named()
    {
        await engine.RunAsync("sync", "jobs", "-e", "dev");

        Assert.Equal(new SyncRequest("jobs", "dev"), engine.Synced);
    }

    [Fact]
    public async Task Waiting_ends_with_a_pass_that_began_after_it_was_asked_for_and_not_with_an_older_one()
    {
        engine.RepositoriesThen.Enqueue([Jobs(ApiData.Pass(PassOutcome.Applied, ApiData.Commit, finished: ApiData.Now.AddMinutes(-1)))]);
        engine.RepositoriesThen.Enqueue([Jobs(ApiData.Pass(PassOutcome.Held, ApiData.Commit, due: true, finished: ApiData.Now.AddMinutes(-1)))]);
        engine.RepositoriesThen.Enqueue([Jobs(ApiData.Pass(PassOutcome.Applied, ApiData.Commit, due: true, finished: ApiData.Now.AddSeconds(1)))]);
        engine.RepositoriesThen.Enqueue([Jobs(ApiData.Pass(PassOutcome.Unchanged, ApiData.Commit, finished: ApiData.Now.AddSeconds(2)))]);

        var run = await engine.RunAsync("sync", "jobs", "--wait");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, engine.Requests.Count(request => request == "GET /api/v1/repositories"));
    }

    [Fact]
    public async Task Waiting_for_what_is_rejected_ends_with_1()
    {
        engine.Repositories = [Jobs(ApiData.Pass(PassOutcome.Rejected, ApiData.Commit, finished: ApiData.Now.AddSeconds(1)))];

        Assert.Equal(1, (await engine.RunAsync("sync", "jobs", "--wait")).ExitCode);
    }

    private static RepositoryView Jobs(PassView pass) => ApiData.Repository("jobs", "file:///srv/jobs.git", pass);
}
