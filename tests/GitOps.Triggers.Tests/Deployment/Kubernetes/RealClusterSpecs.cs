using System.Diagnostics;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Deployment;

/// <summary>
/// The target before a real cluster: that of the kubeconfig which <c>KUBECONFIG_TEST</c> names. Where its nodes run pods, and
/// <c>KUBERNETES_TEST_IMAGE</c> names an image by digest with a shell in it, runs run as well.
/// </summary>
public sealed class RealClusterSpecs : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string space = $"kt2-{Guid.NewGuid():N}"[..12];
    private TargetBench? bench;
    private Kubernetes? client;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TargetBench Bench => bench!;

    private Kubernetes Client => client!;

    public async ValueTask InitializeAsync()
    {
        var kubeconfig = Environment.GetEnvironmentVariable("KUBECONFIG_TEST");
        Assert.SkipUnless(File.Exists(kubeconfig), "KUBECONFIG_TEST names no kubeconfig of a cluster to test with.");
        client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
        bench = await TargetBench.StartAsync(kubeconfig!, new TargetSettings.Kubernetes
        {
            Namespace = space + "-{repository}",
            CreateNamespaces = true,
            Quota = new NamespaceQuota(Quantity.Parse("4"), Quantity.Parse("4Gi"), 10),
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null && bench is not null)
        {
            foreach (var one in (await client.CoreV1.ListNamespaceAsync()).Items.Where(one => one.Metadata.Name == bench.Space))
                await client.CoreV1.DeleteNamespaceAsync(one.Metadata.Name);
        }
        bench?.Dispose();
        client?.Dispose();
    }

    [Fact]
    public async Task Applying_twice_writes_once_also_after_a_restart()
    {
        Assert.Equal(ApplyResult.Created, await ApplyAsync());
        var before = await ReadAsync();
        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync());
        Bench.Restart();
        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync());

        Assert.Equal(before.Metadata.ResourceVersion, (await ReadAsync()).Metadata.ResourceVersion);
        Assert.NotEmpty((await Client.CoreV1.ListNamespacedResourceQuotaAsync(Bench.Space)).Items);
        Assert.NotEmpty((await Client.NetworkingV1.ListNamespacedNetworkPolicyAsync(Bench.Space)).Items);
    }

    [Theory]
    [InlineData("""{"spec":{"suspend":true,"schedule":"0 0 * * *"}}""")]
    [InlineData("""{"metadata":{"annotations":{"triggers.gitops/commit":"another"}}}""")]
    public async Task What_somebody_changes_by_hand_is_put_back(string change)
    {
        await ApplyAsync();
        var before = await ReadAsync();
        await PatchAsync(change);

        Assert.Equal(ApplyResult.Changed, await ApplyAsync());
        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync());
        var after = await ReadAsync();
        Assert.Equal(KubernetesYaml.Serialize(before.Spec), KubernetesYaml.Serialize(after.Spec));
        Assert.Equal(before.Metadata.Annotations, after.Metadata.Annotations);
    }

    [Fact]
    public async Task A_pause_outlives_a_deployment_and_a_manual_release()
    {
        await ApplyAsync();
        await Bench.Target.SuspendAsync(TargetBench.Key("job"), PauseRecord.InWords, Ct);
        Assert.True((await ReadAsync()).Spec.Suspend);
        await PatchAsync("""{"spec":{"suspend":false}}""");

        await Bench.ApplyAsync("job", Suspension.Of(Bench.Render("job", "0 10 * * *"), PauseRecord.InWords));

        Assert.True((await ReadAsync()).Spec.Suspend);
    }

    [Fact]
    public async Task Taking_down_deletes_the_CronJob_and_leaves_its_Jobs_to_expire()
    {
        await ApplyAsync();
        var run = TargetBench.Done(await Bench.Target.RunNowAsync(TargetBench.Key("job"), null, Ct));

        Assert.True(TargetBench.Done(await Bench.Target.PruneAsync(TargetBench.Key("job"), Ct)));

        await UntilAsync(async () => (await Client.BatchV1.ListNamespacedCronJobAsync(Bench.Space)).Items.Count == 0);
        Assert.Equal(3600, (await Client.BatchV1.ReadNamespacedJobAsync(run.Id.Value, Bench.Space)).Spec.TtlSecondsAfterFinished);
    }

    [Fact]
    public async Task A_run_on_demand_runs_under_Pod_Security_restricted_and_its_log_is_read()
    {
        await ApplyAsync(ShellJob("* * * * *"));

        var run = TargetBench.Done(await Bench.Target.RunNowAsync(TargetBench.Key("job"), ["echo \"at $TRIGGER_SCHEDULED_TIME, the word is hunter2\""], Ct));
        var lines = new List<string>();
        await foreach (var line in Bench.Target.LogsAsync(run, follow: true, Ct))
        {
            lines.Add(line);
            await Bench.Runs.RecordAsync(run with { State = RunState.Succeeded }, Ct);
        }

        Assert.Equal([$"at {run.ScheduledFor.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}, the word is ***"], lines);
    }

    [Fact]
    public async Task What_the_CronJob_controller_starts_runs_under_Pod_Security_restricted()
    {
        await ApplyAsync(ShellJob("* * * * *"));

        await UntilAsync(async () => (await Client.BatchV1.ListNamespacedJobAsync(Bench.Space)).Items.Any(job => job.Status.Succeeded > 0));
        Assert.Equal(EnvironmentObjects.RunAccount, (await Client.CoreV1.ListNamespacedPodAsync(Bench.Space)).Items[0].Spec.ServiceAccountName);
    }

    private V1CronJob ShellJob(string schedule)
    {
        var image = Environment.GetEnvironmentVariable("KUBERNETES_TEST_IMAGE");
        Assert.SkipUnless(image is { Length: > 0 }, "KUBERNETES_TEST_IMAGE names no image that the cluster can pull.");
        var job = Bench.Render("job", schedule, new RunSpec { Command = ["/bin/sh", "-c"], Args = ["id -u"], Memory = Quantity.Parse("64Mi") }, ImageReference.Parse(image!));
        // An image of the engine's own builds sets its user; a bare one for tests need not.
        job.Spec.JobTemplate.Spec.Template.Spec.SecurityContext.RunAsUser = 65532;
        return job;
    }

    private Task<ApplyResult> ApplyAsync(V1CronJob? job = null) => Bench.ApplyAsync("job", job ?? Bench.Render("job"));

    private Task<V1CronJob> ReadAsync() => Client.BatchV1.ReadNamespacedCronJobAsync(Bench.Render("job").Metadata.Name, Bench.Space);

    private Task PatchAsync(string change) => Client.BatchV1.PatchNamespacedCronJobAsync(
        new V1Patch(change, V1Patch.PatchType.StrategicMergePatch), Bench.Render("job").Metadata.Name, Bench.Space, fieldManager: "somebody");

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var since = Stopwatch.StartNew(); !await holds(); await Task.Delay(TimeSpan.FromMilliseconds(500), Ct))
            Assert.True(since.Elapsed < Patience, "It did not come to that.");
    }
}
