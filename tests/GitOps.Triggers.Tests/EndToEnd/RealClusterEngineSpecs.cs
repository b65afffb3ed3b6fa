using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Builds;
using GitOps.Triggers.Tests.Cli;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Support.ApiServer;
using GitOps.Triggers.Web;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd;

/// <summary>
/// A whole engine that builds on the cluster of <c>KUBECONFIG_TEST</c> with the rights of docs/kubernetes/builds.yaml, and runs there too; what it promotes
/// goes to another cluster, the hand-written one.
/// </summary>
public sealed class RealClusterEngineSpecs : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private BuildsNamespace builds = null!;
    private ApiServer other = null!;
    private EngineProcess engine = null!;
    private WorkingCopy repository = null!;

    public async ValueTask InitializeAsync()
    {
        var (kubeconfig, registry) = (ClusterVariables.Kubeconfig, ClusterVariables.Registry);
        builds = await BuildsNamespace.MakeAsync(kubeconfig);
        folder.Write("builds.kubeconfig", await builds.KubeconfigAsync());
        other = await ApiServer.StartAsync();
        other.Token = "engine";
        // All that it reads is in its folder, so that its image sees it too.
        File.Copy(kubeconfig, folder["dev.kubeconfig"]);
        File.Copy(other.KubeconfigFile(), folder["prod.kubeconfig"]);
        engine = new EngineProcess(folder, $$"""
              - name: dev
                branch: main
                target: { kind: kubernetes, kubeconfig: ./dev.kubeconfig, namespace: "{{builds.Name}}-{repository}", createNamespaces: true }
              - name: prod
                branch: prod
                promotesFrom: dev
                gates: { successfulRuns: 1 }
                target: { kind: kubernetes, kubeconfig: ./prod.kubeconfig, namespace: "trg-{repository}-prod", createNamespaces: true }
            """);
        var settings = (await File.ReadAllTextAsync(engine.Configuration))
            .Replace("listen: \"http://127.0.0.1:", "listen: \"http://0.0.0.0:", StringComparison.Ordinal)
            .Replace("builder: { kind: local }", $$"""
                registry: { prefix: "{{registry}}/{{builds.Name}}", plainHttp: true }
                builder:
                  kind: kubernetes
                  kubeconfig: ./builds.kubeconfig
                  namespace: {{builds.Name}}
                  kanikoImage: {{ClusterVariables.Kaniko}}
                  contextImage: {{ClusterVariables.Image}}
                  engineUrl: "http://{{ClusterVariables.Here}}:{{engine.Port}}"
                """, StringComparison.Ordinal);
        await File.WriteAllTextAsync(engine.Configuration, settings);
        repository = await WorkingCopy.CreateAsync(folder, "nightly");
        JobSource.Write(repository);
        File.Copy(ProbeImage.Program, Path.Combine(repository.Folder, "busybox"));
        await engine.StartAsync();
        await engine.ConnectAsync(repository);
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.DisposeAsync();
        if (builds is not null)
        {
            using var client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(ClusterVariables.Kubeconfig));
            foreach (var one in (await client.CoreV1.ListNamespaceAsync()).Items.Where(one => one.Metadata.Name.StartsWith(builds.Name + "-", StringComparison.Ordinal)))
                await client.CoreV1.DeleteNamespaceAsync(one.Metadata.Name);
            await builds.DisposeAsync();
        }
        if (other is not null)
            await other.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Also by the engine's own image, which is not root and may write nothing but its data.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_built_and_ran_on_one_cluster_is_promoted_to_another(bool asImage)
    {
        await using var image = asImage ? await EngineImage.BuildAsync(TestContext.Current.CancellationToken) : null;
        if (image is not null)
        {
            Assert.Equal(0, await engine.StopAsync());
            await EngineImage.OwnAsync(folder.Path);
            engine.Program = image.Run($"{folder.Path}:{folder.Path}");
            await engine.StartAsync();
        }
        Dockerfile("RUN echo it is built");
        var commit = await PushAsync("first");
        await engine.ReconciledAsync("nightly", "dev", commit);
        await repository.PushAsync("prod");
        await engine.SyncAsync("nightly");
        Assert.Equal(PassOutcome.Held, (await engine.ReconciledAsync("nightly", "prod", commit)).Outcome);
        Assert.Empty(other.Objects<V1CronJob>());

        var run = await engine.PostAsync<RunView>("runs", new RunRequest(null, "dev", "job", null));

        // A run that went well is news for what is held: nobody asks for another look.
        await engine.UntilAsync("it is promoted", () => Task.FromResult(other.Objects<V1CronJob>().Count > 0));
        await engine.UntilAsync("it is recorded", async () => (await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases")).Count == 2);
        var (dev, prod) = (await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases")) switch { [var newest, var first] => (first, newest), _ => throw new InvalidOperationException() };
        Assert.Equal((DeploymentKind.Built, DeploymentKind.Promoted), (dev.Kind, prod.Kind));
        Assert.Equal(dev.Image, prod.Image);
        Assert.Equal(prod.Image, Assert.Single(other.Objects<V1CronJob>()).Spec.JobTemplate.Spec.Template.Spec.Containers[0].Image);
        Assert.Equal(RunState.Succeeded, (await engine.GetAsync<RunView>($"runs/{run.Id}")).State);
        Assert.Equal("hello from dev\n", await engine.TextAsync($"api/v1/runs/{run.Id}/log"));
        Assert.Single(await BuildsAsync());
        Assert.Equal(0, await engine.StopAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_build_outlives_an_engine_that_is_killed_or_stopped_and_is_taken_up_by_the_next(bool killed)
    {
        Dockerfile("RUN echo it has begun; busybox sleep 20; echo it goes on");
        var commit = await PushAsync("first");
        await LogShowsAsync("it has begun");
        var job = Assert.Single(await builds.JobsAsync());
        if (killed)
            await engine.KillAsync();
        else
            Assert.Equal(0, await engine.StopAsync());
        await engine.StartAsync();

        var pass = await engine.ReconciledAsync("nightly", "dev", commit);

        // Another pass may have followed it already.
        Assert.Contains(pass.Outcome, new PassOutcome?[] { PassOutcome.Applied, PassOutcome.Unchanged });
        var (taken, left) = (await BuildsAsync()) switch { [var newest, var oldest] => (newest, oldest), var other => throw new InvalidOperationException($"{other.Count} builds") };
        Assert.Equal((BuildState.Succeeded, BuildState.Cancelled), (taken.State, left.State));
        Assert.Equal(Assert.Single(await engine.GetAsync<IReadOnlyList<ReleaseView>>("releases")).Image, taken.Image);
        var log = await LogAsync(taken.Id);
        Assert.Contains($"--- the Job {job.Metadata.Name} in {builds.Name}", log, StringComparison.Ordinal);
        Assert.Contains("is there already, and is taken up", log, StringComparison.Ordinal);
        Assert.Contains("\nit has begun\n", log, StringComparison.Ordinal);
        Assert.Contains("\nit goes on\n", log, StringComparison.Ordinal);
        Assert.Empty(await builds.JobsAsync());
    }

    [Fact]
    public async Task An_engine_that_dies_before_its_build_has_a_token_is_carried_on_by_the_next()
    {
        await engine.KillAsync();
        Dockerfile("RUN echo it is built");
        var commit = await repository.CommitAsync("first");
        await repository.PushAsync("main");
        await engine.StartAsync(("GITOPS_TRIGGERS_FAILPOINT", "build-job-made"));
        await engine.WaitForExitAsync(TimeSpan.FromSeconds(60));
        var job = Assert.Single(await builds.JobsAsync());
        await engine.StartAsync();

        await engine.ReconciledAsync("nightly", "dev", commit);

        var log = await LogAsync((await BuildsAsync())[0].Id);
        Assert.Contains($"--- the Job {job.Metadata.Name} in {builds.Name}", log, StringComparison.Ordinal);
        Assert.Contains("is there already, and is taken up", log, StringComparison.Ordinal);
        Assert.Contains("\nit is built\n", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_newer_push_deletes_the_Job_of_the_older_one_and_a_failing_step_is_told_with_its_line()
    {
        Dockerfile("RUN echo it has begun; busybox sleep 600");
        await PushAsync("slow");
        await LogShowsAsync("it has begun");
        Dockerfile("RUN exit 7");
        var commit = await PushAsync("wrong");
        await engine.SyncAsync("nightly");

        await engine.ReconciledAsync("nightly", "dev", commit);

        Assert.Equal([BuildState.Rejected, BuildState.Cancelled], (await BuildsAsync()).Select(one => one.State));
        var finding = Assert.Single(Assert.Single(await engine.GetAsync<IReadOnlyList<TriggerView>>("triggers")).Findings);
        Assert.Equal(("Dockerfile", 4), (finding.File, finding.Line));
        Assert.Contains("'RUN exit 7' failed with exit code 7", finding.Message, StringComparison.Ordinal);
        Assert.Empty(await builds.JobsAsync());
    }

    [Fact]
    public async Task Doctor_finds_every_right_that_builds_need()
    {
        var run = await CliRun.RunAsync(folder.Path, "doctor", "-o", "json");

        using var json = System.Text.Json.JsonDocument.Parse(run.Output);
        var line = json.RootElement.EnumerateArray().Single(one => one.GetProperty("what").GetString() == "builds");
        Assert.Equal("ok", line.GetProperty("state").GetString());
    }

    private void Dockerfile(string step) => repository.Write("Dockerfile", $"FROM scratch\nCOPY busybox /bin/busybox\nCOPY busybox /bin/sh\n{step}\nCOPY job.sh /job.sh\nUSER 65532:65532\nENTRYPOINT [\"/bin/sh\", \"/job.sh\"]\n");

    private async Task<string> PushAsync(string message)
    {
        var commit = await repository.CommitAsync(message);
        await repository.PushAsync("main");
        await engine.SyncAsync("nightly");
        return commit;
    }

    private Task<IReadOnlyList<BuildView>> BuildsAsync() => engine.GetAsync<IReadOnlyList<BuildView>>("builds");

    private Task<string> LogAsync(long build) => engine.TextAsync($"api/v1/builds/{build}/log");

    private Task LogShowsAsync(string line) => engine.UntilAsync(
        $"the log shows '{line}'", async () => (await BuildsAsync()) is [var build, ..] && (await LogAsync(build.Id)).Contains($"\n{line}\n", StringComparison.Ordinal));
}
