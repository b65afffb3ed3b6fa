using System.Collections.Concurrent;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.EndToEnd.Kills;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Support.ApiServer;
using GitOps.Triggers.Web;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd.Stops;

/// <summary>SIGTERM while the engine builds, runs and deploys.</summary>
public sealed class StoppedWorkSpecs
{
    [Fact]
    public async Task A_build_is_cancelled_leaves_nothing_and_is_built_again_by_the_next_engine()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        var (repository, seconds) = (await WorkingCopy.CreateAsync(folder, "nightly"), Stopping.LongSleep());
        var own = await OwnBaseAsync(folder, seconds);
        JobSource.Write(repository);
        repository.Write("Dockerfile", $"FROM {own}\nRUN sleep {seconds} || true\nCOPY job.sh /job.sh\nUSER 65532:65532\nENTRYPOINT [\"/bin/sh\", \"/job.sh\"]\n");
        var commit = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.UntilAsync("its step runs", () => Task.FromResult(Processes.Mentioning("sleep\0" + seconds).Count > 0));

        await engine.StoppedAsync();

        Assert.Empty(Processes.Mentioning(seconds));
        Assert.Empty(Processes.Mentioning(engine.DataFolder));
        Assert.DoesNotContain(own, (await ContainerEngine.RunAsync(["ps", "--all", "--external", "--format", "{{.Image}}"], Ct)).StandardOutput, StringComparison.Ordinal);
        await engine.StartAsync();
        await engine.UntilAsync("its step runs again", () => Task.FromResult(Processes.Mentioning("sleep\0" + seconds).Count > 0));
        Stopping.Wake(seconds);
        await engine.ReconciledAsync("nightly", "dev", commit);
        var builds = await engine.GetAsync<IReadOnlyList<BuildView>>("builds");
        Assert.Equal([BuildState.Succeeded, BuildState.Cancelled], builds.Select(build => build.State));
        Assert.Equal("the engine is stopping; it is built again after its start", builds[1].Reason);
        await engine.StoppedAsync();
        await ContainerEngine.RunAsync(["rmi", own], Ct);
    }

    [Fact]
    public async Task A_run_goes_on_and_is_taken_up_by_the_next_engine_and_who_follows_its_log_is_told()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        using var folder = new TempFolder();
        await using var effects = await Effects.StartAsync();
        var (repository, seconds) = (await WorkingCopy.CreateAsync(folder, "nightly"), Stopping.LongSleep());
        JobSource.Write(repository, $"{effects.Script}\necho begun\nsleep {seconds}\necho ended");
        var commit = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await using var engine = new EngineProcess(folder, EngineProcess.DevOnly);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.ReconciledAsync("nightly", "dev", commit);
        var run = await engine.PostAsync<RunView>("runs", new RunRequest("nightly", "dev", "job", null));
        await engine.UntilAsync("it runs", () => Task.FromResult(Processes.Mentioning("sleep\0" + seconds).Count > 0));
        var lines = new ConcurrentQueue<string>();
        var followed = engine.FollowAsync($"api/v1/runs/{run.Id}/log?follow=true", lines.Enqueue);
        await engine.UntilAsync("its output has come", () => Task.FromResult(lines.Contains("begun")));

        Assert.InRange(await engine.StoppedAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(8));

        await followed;
        Assert.Equal(["begun", "--- The engine is stopping: follow the log again when it has started. ---"], lines);
        Assert.NotEmpty(Processes.Mentioning("sleep\0" + seconds));
        Assert.Empty(Processes.Mentioning($"logs\0--follow\0trigger-" + run.Id));
        await engine.StartAsync();
        await engine.UntilAsync("it is taken up", async () => (await engine.GetAsync<RunView>($"runs/{run.Id}")).State == RunState.Running);
        Stopping.Wake(seconds);
        await engine.UntilAsync("it is over", async () => (await engine.GetAsync<RunView>($"runs/{run.Id}")).FinishedAt is not null);
        Assert.Equal(1, effects.Counts[run.Id]);
        Assert.Equal(1, (await engine.GetAsync<RunView>($"runs/{run.Id}")).Attempt);
        var log = await engine.TextAsync($"api/v1/runs/{run.Id}/log");
        Assert.Equal(1, log.Split("begun").Length - 1);
        await engine.StoppedAsync();
    }

    [Fact]
    public async Task A_cluster_that_stalls_in_the_middle_of_a_release_is_left_and_the_next_engine_applies_it()
    {
        await ContainerEngine.SkipUnlessAvailableAsync();
        TestRegistry.SkipUnlessInstalled();
        using var folder = new TempFolder();
        await using var registry = new TestRegistry();
        await registry.InitializeAsync();
        await using var server = await ApiServer.StartAsync();
        server.Token = "engine";
        var (repository, commit) = await JobSource.PushedAsync(folder, "nightly");
        await using var engine = new EngineProcess(folder, $$"""
              - name: dev
                branch: main
                target: { kind: kubernetes, kubeconfig: {{server.KubeconfigFile()}}, namespace: "{repository}-dev", createNamespaces: true }
            registry: { prefix: "{{registry.Host}}/stops", plainHttp: true }
            """);
        var stalled = server.Hold(request => request is { IsApply: true, Resource: "cronjobs" }, times: 1000);
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
        await engine.UntilAsync("it applies", () => Task.FromResult(server.Requests.Any(request => request is { IsApply: true, Resource: "cronjobs" })));

        Assert.InRange(await engine.StoppedAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(10));

        stalled.SetResult();
        await engine.StartAsync();
        await engine.ReconciledAsync("nightly", "dev", commit);
        Assert.Single(server.Objects<k8s.Models.V1CronJob>());
        Assert.Single(await engine.GetAsync<IReadOnlyList<BuildView>>("builds"));
        Assert.Single(await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases"));
        await engine.StoppedAsync();
    }

    /// <summary>An image of its own, by which containers that are made from it are known: those of an image with several names may be told by any of them.</summary>
    private static async Task<string> OwnBaseAsync(TempFolder folder, string name)
    {
        var own = $"localhost/gitops-triggers-tests/stop-{name}:latest";
        var made = await ContainerEngine.RunAsync(["build", "--tag", own, "--file", folder.Write("base/Dockerfile", $"FROM {JobSource.Base}\nLABEL stop={name}\n"), folder["base"]], Ct);
        Assert.True(made.IsSuccess, made.StandardError);
        return own;
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
