using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>The main job through a real engine: real git, real containers, real database.</summary>
public class MainJobSpecs
{
    [Fact]
    public async Task I_can_push_run_promote_and_roll_back_and_each_image_is_built_once()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var (repository, first) = await JobSource.PushedAsync(folder, "nightly");
        await using var engine = new EngineProcess(folder, EngineProcess.DevAndProdGated);
        await engine.StartAsync();
        Assert.Equal("local, chosen at the first build", (await engine.GetAsync<EngineInfo>("engine")).Builder);
        await engine.ConnectAsync(repository);
        Assert.Equal(PassOutcome.Applied, (await engine.ReconciledAsync("nightly", "dev", first)).Outcome);
        Assert.EndsWith(" build: builder.kind is local", (await engine.GetAsync<EngineInfo>("engine")).Builder, StringComparison.Ordinal);

        // Promoted before it ran: held by its gate. The run in dev opens it, without another push.
        await repository.PushAsync("prod");
        await engine.SyncAsync("nightly");
        Assert.Equal(PassOutcome.Held, (await engine.ReconciledAsync("nightly", "prod", first)).Outcome);
        await RunAsync(engine, "dev", RunState.Succeeded);
        await engine.UntilAsync("prod is released", async () => (await ReleasesAsync(engine, "prod")).Count == 1);

        JobSource.Write(repository, "echo second version");
        var second = await repository.CommitAsync("second");
        await repository.PushAsync("main");
        await engine.SyncAsync("nightly");
        await engine.ReconciledAsync("nightly", "dev", second);
        await RunAsync(engine, "dev", RunState.Succeeded);
        await repository.PushAsync("prod");
        await engine.SyncAsync("nightly");
        await engine.ReconciledAsync("nightly", "prod", second);

        await repository.GitAsync("revert", "--no-edit", "HEAD");
        var reverted = await repository.HeadAsync();
        await repository.PushAsync("prod");
        await engine.SyncAsync("nightly");
        await engine.ReconciledAsync("nightly", "prod", reverted);

        var prod = await ReleasesAsync(engine, "prod");
        Assert.Equal([DeploymentKind.RolledBack, DeploymentKind.Promoted, DeploymentKind.Promoted], prod.Select(release => release.Kind));
        var dev = await ReleasesAsync(engine, "dev");
        Assert.Equal([dev[1].Image, dev[0].Image, dev[1].Image], prod.Select(release => release.Image));
        Assert.Equal(2, (await engine.GetAsync<IReadOnlyList<BuildView>>("builds")).Count);
        Assert.Equal(0, await engine.StopAsync());
    }

    [Fact]
    public async Task A_poisoned_repository_beside_a_good_one_is_told_what_is_wrong_and_harms_nobody()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        await using var engine = new EngineProcess(folder, EngineProcess.DevAndProd);
        await engine.StartAsync();
        var poisoned = await WorkingCopy.CreateAsync(folder, "poisoned");
        poisoned.Write("deep/trigger.yaml", new string('[', 60_000));
        poisoned.Write("link/Dockerfile", "FROM scratch\n");
        File.CreateSymbolicLink(Path.Combine(poisoned.Folder, "link", "trigger.yaml"), "/proc/self/environ");
        poisoned.Write("wide/trigger.yaml", "name: wide\nbranch: prod\nenvironments: { dev: { schedule: '0 0 31 2 *' } }\n");
        var poison = await poisoned.CommitAsync("poison");
        await poisoned.PushAsync("main");
        var (good, commit) = await JobSource.PushedAsync(folder, "good");

        await engine.ConnectAsync(poisoned);
        await engine.ConnectAsync(good);

        Assert.Equal(PassOutcome.Applied, (await engine.ReconciledAsync("good", "dev", commit)).Outcome);
        var refused = await engine.ReconciledAsync("poisoned", "dev", poison);
        Assert.Equal(PassOutcome.Rejected, refused.Outcome);
        Assert.Contains(refused.Findings, finding => finding.File == "deep/trigger.yaml");
        Assert.Contains(refused.Findings, finding => finding.File == "link/trigger.yaml" && !finding.Message.Contains("PATH=", StringComparison.Ordinal));
        var wide = (await engine.GetAsync<IReadOnlyList<TriggerView>>("triggers?repository=poisoned")).Single(trigger => trigger.Trigger == "wide");
        Assert.Equal(TriggerState.Rejected, wide.State);
        Assert.Contains(wide.Findings, finding => finding.Message.Contains("branch", StringComparison.Ordinal));
        await RunAsync(engine, "dev", RunState.Succeeded);
    }

    [Fact]
    public async Task A_manifest_that_breaks_is_refused_by_its_line_and_what_runs_goes_on()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var (repository, first) = await JobSource.PushedAsync(folder, "nightly");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.ReconciledAsync("nightly", "dev", first);

        repository.Write("trigger.yaml", "apiVersion: triggers.gitops/v1\nkind: ScheduledTrigger\nname: job\nenvironments: { dev: { schedule: '0 0 31 2 *' } }\n");
        var broken = await repository.CommitAsync("broken");
        await repository.PushAsync("main");
        await engine.SyncAsync("nightly");

        Assert.Equal(PassOutcome.Rejected, (await engine.ReconciledAsync("nightly", "dev", broken)).Outcome);
        var trigger = Assert.Single(await engine.GetAsync<IReadOnlyList<TriggerView>>("triggers"));
        Assert.Equal((TriggerState.Rejected, 4), (trigger.State!.Value, trigger.Findings[0].Line!.Value));
        Assert.Equal(first, trigger.Release!.Commit);
        await RunAsync(engine, "dev", RunState.Succeeded);
    }

    [Fact]
    public async Task A_pause_holds_through_a_deployment_and_ends_with_resume()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var (repository, first) = await JobSource.PushedAsync(folder, "nightly");
        await using var engine = new EngineProcess(folder, EngineProcess.DevAndProd);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.ReconciledAsync("nightly", "dev", first);

        var paused = await engine.PostAsync<TriggerView>("pauses", new PauseRequest(null, "dev", "job", "audit"));
        JobSource.Write(repository, "echo other");
        var second = await repository.CommitAsync("second");
        await repository.PushAsync("main");
        await engine.SyncAsync("nightly");
        await engine.ReconciledAsync("nightly", "dev", second);
        var deployed = (await engine.GetAsync<IReadOnlyList<TriggerView>>("triggers")).Single();

        Assert.NotNull(paused.PausedSince);
        Assert.Equal("audit", deployed.PauseReason);
        Assert.Null(deployed.Next);
        Assert.Equal(second, deployed.Release!.Commit);
        Assert.NotNull((await engine.ResumeAsync("job", "dev")).Next);
    }

    [Fact]
    public async Task A_newer_push_cancels_the_build_for_an_older_one()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        JobSource.Write(repository);
        repository.Write("Dockerfile", $"FROM {JobSource.Base}\nRUN echo building for long && sleep 300\nUSER 65532:65532\n");
        await repository.CommitAsync("a build that takes five minutes");
        await repository.PushAsync("main");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.UntilAsync("the log of the running build can be read", async () =>
            (await engine.GetAsync<IReadOnlyList<BuildView>>("builds")).Count == 1 && (await engine.TextAsync("api/v1/builds/1/log")).Contains("building for long", StringComparison.Ordinal));

        JobSource.Write(repository);
        var newer = await repository.CommitAsync("a quick one");
        await repository.PushAsync("main");
        await engine.SyncAsync("nightly");
        await engine.ReconciledAsync("nightly", "dev", newer);

        var builds = await engine.GetAsync<IReadOnlyList<BuildView>>("builds");
        Assert.Equal([BuildState.Succeeded, BuildState.Cancelled], builds.Select(build => build.State));
        Assert.Equal(newer, Assert.Single(await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases")).Commit);
    }

    [Fact]
    public async Task What_happened_is_in_the_metrics()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var repository = await WorkingCopy.CreateAsync(folder, "nightly");
        JobSource.Write(repository, "exit ${1:-0}");
        var commit = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.ReconciledAsync("nightly", "dev", commit);
        await RunAsync(engine, "dev", RunState.Succeeded);
        await RunAsync(engine, "dev", RunState.Failed, "3");

        var metrics = await engine.TextAsync("metrics");

        const string Job = "{repository=\"nightly\",environment=\"dev\",trigger=\"job\"";
        Assert.Contains($"gitops_triggers_runs_total{Job},outcome=\"succeeded\"}} 1", metrics, StringComparison.Ordinal);
        Assert.Contains($"gitops_triggers_runs_total{Job},outcome=\"failed\"}} 1", metrics, StringComparison.Ordinal);
        Assert.Contains($"gitops_triggers_deployments_total{Job},kind=\"built\"}} 1", metrics, StringComparison.Ordinal);
        Assert.Contains($"gitops_triggers_last_success_timestamp_seconds{Job}}}", metrics, StringComparison.Ordinal);
        Assert.Contains($"gitops_triggers_next_run_timestamp_seconds{Job}}}", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(commit[..10], metrics, StringComparison.Ordinal);
    }

    private static async Task RunAsync(EngineProcess engine, string environment, RunState expected, params string[] args)
    {
        var run = await engine.PostAsync<RunView>("runs", new RunRequest(null, environment, "job", args.Length > 0 ? args : null));
        await engine.UntilAsync($"run {run.Id} has ended", async () =>
        {
            run = await engine.GetAsync<RunView>($"runs/{run.Id}");
            return run.State is not (RunState.Pending or RunState.Running);
        });
        Assert.Equal(expected, run.State);
    }

    private static Task<IReadOnlyList<ReleaseView>> ReleasesAsync(EngineProcess engine, string environment) =>
        engine.GetAsync<IReadOnlyList<ReleaseView>>($"releases?environment={environment}");
}
