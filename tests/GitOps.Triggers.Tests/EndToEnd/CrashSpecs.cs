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
    [Threat(34)]
    [InlineData("pass-opened", 1)]
    [InlineData("pass-planned", 1)]
    [InlineData("build-added", 2)]
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

    [Theory]
    [InlineData("promotion", "deployment-applied")]
    [InlineData("promotion", "deployment-recorded")]
    [InlineData("settings", "deployment-applied")]
    [InlineData("take-down", "prune-applied")]
    public async Task What_is_cut_short_after_the_build_is_carried_on_and_builds_nothing(string what, string failPoint)
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        JobSource.Write(repository);
        var commit = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await using var engine = new EngineProcess(folder, EngineProcess.DevAndProd);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.ReconciledAsync("nightly", "dev", commit);
        await engine.StopAsync();
        var (environment, head) = await PushAsync(repository, what);

        await engine.StartAsync(("GITOPS_TRIGGERS_FAILPOINT", failPoint));
        await engine.WaitForExitAsync(TimeSpan.FromSeconds(60));
        await engine.StartAsync();
        await engine.ReconciledAsync("nightly", environment, head);

        Assert.Single(await engine.GetAsync<IReadOnlyList<BuildView>>("builds"));
        var releases = (await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases")).Where(release => release.Environment == environment).ToList();
        Assert.Equal(what == "settings" ? 2 : 1, releases.Count);
        var triggers = await engine.GetAsync<IReadOnlyList<TriggerView>>("triggers");
        Assert.Equal(what != "take-down", triggers.Any(trigger => trigger.Environment == environment && trigger.State == TriggerState.Deployed));
    }

    /// <returns>The environment that it is for, and its branch's head.</returns>
    private static async Task<(string Environment, string Head)> PushAsync(WorkingCopy repository, string what)
    {
        switch (what)
        {
            case "promotion":
                await repository.PushAsync("prod");
                return ("prod", await repository.HeadAsync());
            case "settings":
                JobSource.Write(repository, schedule: "0 4 * * *");
                break;
            default:
                repository.Write("trigger.yaml", "apiVersion: triggers.gitops/v1\nkind: ScheduledTrigger\nname: other\nenvironments: { prod: { schedule: '0 5 1 1 *' } }\n");
                break;
        }
        var head = await repository.CommitAsync(what);
        await repository.PushAsync("main");
        return ("dev", head);
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
