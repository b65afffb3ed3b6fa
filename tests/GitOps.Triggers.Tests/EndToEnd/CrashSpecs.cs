using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>The engine dies at a stage's boundary, as in a power cut, and the next one carries on.</summary>
public class CrashSpecs
{
    [Theory]
    [InlineData("pass-opened", 1)]
    [InlineData("pass-planned", 1)]
    [InlineData("build-started", 2)]
    [InlineData("build-ended", 2)]
    [InlineData("build-recorded", 1)]
    [InlineData("deployment-applied", 1)]
    [InlineData("deployment-recorded", 1)]
    [InlineData("pass-executed", 1)]
    [InlineData("pass-concluded", 1)]
    public async Task An_engine_that_dies_there_is_carried_on_by_the_next(string failPoint, int mostBuilds)
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var (repository, commit) = await JobSource.PushedAsync(folder, "nightly");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync(("GITOPS_TRIGGERS_FAILPOINT", failPoint));
        // The answer may be lost with the engine; what it had stored is not.
        await Record.ExceptionAsync(() => engine.ConnectAsync(repository));
        await engine.WaitForExitAsync(TimeSpan.FromSeconds(60));

        await engine.StartAsync();
        var pass = await engine.ReconciledAsync("nightly", "dev", commit);

        Assert.Contains(pass.Outcome, new PassOutcome?[] { PassOutcome.Applied, PassOutcome.Unchanged });
        Assert.Single(await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases"));
        var builds = await engine.GetAsync<IReadOnlyList<BuildView>>("builds");
        Assert.InRange(builds.Count, 1, mostBuilds);
        Assert.Single(builds, build => build.State == BuildState.Succeeded);
        await engine.KillAsync();
        Assert.Equal("ok", IntegrityOf(Path.Combine(engine.DataFolder, "engine.db")));
    }

    private static string IntegrityOf(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        return (string)command.ExecuteScalar()!;
    }
}
