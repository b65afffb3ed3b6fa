using System.Net;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>What happens to what runs when its repository or its environment leaves, through a real engine.</summary>
public class DepartureSpecs
{
    private const string DevAndExtra = EngineProcess.DevOnly + "\n" + """
          - name: extra
            branch: extra
            target: { kind: local }
        """;

    [Fact]
    public async Task What_leaves_engine_yaml_is_suspended_refused_in_words_and_resumes_when_it_comes_back()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        JobSource.Write(repository);
        repository.Write("trigger.yaml", "apiVersion: triggers.gitops/v1\nkind: ScheduledTrigger\nname: job\nenvironments: { dev: { schedule: 'H H 1 1 *' }, extra: { schedule: '0 5 1 1 *' } }\n");
        var commit = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await repository.PushAsync("extra");
        await using var engine = new EngineProcess(folder, DevAndExtra);
        var without = File.ReadAllText(engine.Configuration) + "\n";
        var with = without + $"repositories: [ {{ url: \"{repository.Url}\" }} ]\n";
        await RestartAsync(engine, with);
        await engine.ReconciledAsync("nightly", "dev", commit);
        await engine.ReconciledAsync("nightly", "extra", commit);
        var run = await engine.PostAsync<RunView>("runs", new RunRequest(null, "extra", "job", null));
        await engine.UntilAsync("the run has ended", async () => (await engine.GetAsync<RunView>($"runs/{run.Id}")).FinishedAt is not null);
        var before = await TriggersAsync(engine);

        await RestartAsync(engine, without.Replace(DevAndExtra, EngineProcess.DevOnly, StringComparison.Ordinal));
        await UntilAsync(engine, TriggerState.Suspended);
        var left = await TriggersAsync(engine);
        Assert.Equal(["no longer connected; suspended", "no longer connected; suspended"], left.Select(trigger => trigger.Message));
        Assert.All(left, trigger => Assert.Equal(("nightly", null), (trigger.Repository, trigger.Next)));
        await engine.UntilAsync("the log says so", () => Task.FromResult(engine.Log.Contains("nightly in dev: no longer connected; suspended", StringComparison.Ordinal)));
        await IsRefusedAsync(engine, "job in dev of nightly stands still: no longer connected.", "runs", new RunRequest(null, "dev", "job", null));
        await IsRefusedAsync(engine, "job in extra of nightly stands still: no longer connected.", "pauses", new PauseRequest(null, "extra", "job", null));
        // A release knows where it stands, so that what ran there can be read on.
        Assert.Equal("hello from extra\n", await engine.TextAsync($"api/v1/runs/{run.Id}/log"));

        // Back, and at another address.
        Directory.Move(repository.BareFolder, folder["moved.git"]);
        await RestartAsync(engine, without + $"repositories: [ {{ url: \"file://{folder["moved.git"]}\", name: nightly }} ]\n");
        await UntilAsync(engine, TriggerState.Deployed);
        var back = await TriggersAsync(engine);
        Assert.Contains("the repository 'nightly' has a new address", engine.Log, StringComparison.Ordinal);
        Assert.Equal(before.Select(trigger => (trigger.Release!.Id, trigger.Schedule, trigger.Next)), back.Select(trigger => (trigger.Release!.Id, trigger.Schedule, trigger.Next)));
        Assert.Equal(2, (await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases")).Count);
    }

    [Fact]
    public async Task What_a_command_connected_a_command_disconnects_and_takes_down()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var (repository, commit) = await JobSource.PushedAsync(folder, "nightly");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.ReconciledAsync("nightly", "dev", commit);

        var reply = await engine.DeleteAsync<DisconnectReply>("repositories?repository=nightly");
        await engine.UntilAsync("it is taken down", async () => (await TriggersAsync(engine)).Count == 0);

        Assert.True(reply.TakenDown);
        var release = Assert.Single(await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases"));
        Assert.Equal(("nightly", true), (release.Repository, release.Pruned));
        Assert.Equal((HttpStatusCode.NotFound, "No repository called 'nightly' is connected."), await engine.RefusedAsync(HttpMethod.Post, "sync", new SyncRequest("nightly", null)));

        await engine.ConnectAsync(repository);
        await UntilAsync(engine, TriggerState.Deployed);
        Assert.Equal(DeploymentKind.Reused, (await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases"))[0].Kind);
    }

    private static async Task RestartAsync(EngineProcess engine, string configuration)
    {
        if (!engine.HasExited)
            Assert.Equal(0, await engine.StopAsync());
        await File.WriteAllTextAsync(engine.Configuration, configuration);
        await engine.StartAsync();
    }

    private static Task UntilAsync(EngineProcess engine, TriggerState state) => engine.UntilAsync($"all is {state}", async () =>
        await TriggersAsync(engine) is { Count: > 0 } triggers && triggers.All(trigger => trigger.State == state));

    private static Task<IReadOnlyList<TriggerView>> TriggersAsync(EngineProcess engine) => engine.GetAsync<IReadOnlyList<TriggerView>>("triggers");

    private static async Task IsRefusedAsync(EngineProcess engine, string message, string path, object body) =>
        Assert.Equal((HttpStatusCode.Conflict, message), await engine.RefusedAsync(HttpMethod.Post, path, body));
}
