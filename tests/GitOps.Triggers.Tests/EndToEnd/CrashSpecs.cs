using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>The engine dies at a stage's boundary, as in a power cut, and the next one carries on. With a build under way: see <see cref="Kills.KillLoopSpecs"/>.</summary>
public class CrashSpecs
{
    [Theory]
    [Threat(34)]
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
}
