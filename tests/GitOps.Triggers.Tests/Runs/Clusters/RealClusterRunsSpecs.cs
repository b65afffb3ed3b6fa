using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Runs.Clusters;

/// <summary>Against the cluster of <c>KUBECONFIG_TEST</c>, whose nodes run <c>KUBERNETES_TEST_IMAGE</c>: an image with a shell, by digest.</summary>
public sealed class RealClusterRunsSpecs : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TempFolder data = new();
    private Kubernetes client = null!;
    private ImageReference image = null!;
    private EnvironmentDefinition environment = null!;
    private string space = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var kubeconfig = Environment.GetEnvironmentVariable("KUBECONFIG_TEST");
        Assert.SkipUnless(kubeconfig is { Length: > 0 }, "KUBECONFIG_TEST names no cluster");
        Assert.SkipUnless(ImageReference.TryParse(Environment.GetEnvironmentVariable("KUBERNETES_TEST_IMAGE"), out var shell), "KUBERNETES_TEST_IMAGE names no image by digest");
        (client, image) = (new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig)), shell);
        var name = $"kt4-{Guid.NewGuid().ToString("N")[..8]}";
        environment = ClusterJobs.Prod(new ClusterAccess { Kubeconfig = kubeconfig }, name, $"{name}-{{repository}}");
        space = $"{name}-{Jobs.Repository.Slug}";
        await client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = space } }, cancellationToken: Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        if (space is not null)
            await client.CoreV1.DeleteNamespaceAsync(space, cancellationToken: CancellationToken.None);
        client?.Dispose();
        data.Dispose();
    }

    [Theory]
    [InlineData("echo fine", 0, "Succeeded", "Completed", 0, 1, "exit code 0")]
    [InlineData("echo bad; exit 3", 1, "Failed", "Error", 3, 2, "exit code 3. It was attempt 2, the last one.")]
    [InlineData("x=a; while true; do x=$x$x; done", 0, "Failed", "OOMKilled", 137, 1, "Raise resources.memory")]
    [InlineData("sleep 300", 0, "Failed", "DeadlineExceeded", null, 1, "longer than its timeout of 20s")]
    public async Task A_run_is_recorded_as_it_ended(string script, int retries, string state, string reason, int? exitCode, int attempts, string words)
    {
        await using var engine = await ClusterRunsBench.StartAsync(data.Path, TimeProvider.System, environment);
        var job = await AskAsync(Shell(script) with { Retries = retries, Timeout = TimeSpan.FromSeconds(reason == "DeadlineExceeded" ? 20 : 120) });
        var run = await engine.WaitAsync(job, one => one.IsFinished, Patience);

        Assert.Equal((Enum.Parse<RunState>(state), reason, attempts), (run.State, run.Reason, run.Attempt));
        Assert.Contains(words, run.Message, StringComparison.Ordinal);
        Assert.True(exitCode is null || run.ExitCode == exitCode, $"exit code {run.ExitCode}");
        Assert.True(run.StartedAt <= run.FinishedAt && run.Node is not null, run.ToString());
        Assert.Single(engine.Told, one => one.IsFinished);
    }

    [Fact]
    public async Task An_image_that_cannot_be_pulled_is_told_while_it_waits()
    {
        await using var engine = await ClusterRunsBench.StartAsync(data.Path, TimeProvider.System, environment);
        var nowhere = ImageReference.Parse($"{image.ToString().Split('@')[0]}@sha256:{new string('0', 64)}");
        var job = await AskAsync(Shell("true"), nowhere);
        var run = await engine.WaitAsync(job, one => one.Reason is not null, Patience);

        Assert.Equal((RunState.Pending, "ImagePullBackOff"), (run.State, run.Reason));
        Assert.Contains("not found", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_secret_is_named_while_it_waits_and_at_the_deadline()
    {
        await using var engine = await ClusterRunsBench.StartAsync(data.Path, TimeProvider.System, environment);
        var secret = new EnvironmentValue.From(new KeySource(KeySourceKind.Secret, "mail", "token"));
        var job = await AskAsync(Shell("true") with { Env = new Dictionary<string, EnvironmentValue> { ["TOKEN"] = secret }, Timeout = TimeSpan.FromSeconds(20) });
        var waiting = await engine.WaitAsync(job, one => one.Reason is not null, Patience);
        var ended = await engine.WaitAsync(job, one => one.IsFinished, Patience);

        Assert.Equal((RunState.Pending, "CreateContainerConfigError"), (waiting.State, waiting.Reason));
        Assert.Contains("secret \"mail\" not found", waiting.Message, StringComparison.Ordinal);
        Assert.Equal("DeadlineExceeded", ended.Reason);
        Assert.Contains("secret \"mail\" not found", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_is_there_after_its_job_was_deleted()
    {
        await using var engine = await ClusterRunsBench.StartAsync(data.Path, TimeProvider.System, environment);
        var job = await AskAsync(Shell("echo one; echo two; exit 3") with { Retries = 0 });
        await engine.WaitAsync(job, one => one.IsFinished, Patience);
        await engine.UntilAsync(() => File.Exists(engine.LogOf(job)));
        await client.BatchV1.DeleteNamespacedJobAsync(job.Metadata.Name, space, propagationPolicy: "Background", cancellationToken: Cancelled);

        Assert.Equal(["one", "two"], await File.ReadAllLinesAsync(engine.LogOf(job), Cancelled));
    }

    [Fact]
    public async Task A_cronjob_is_recorded_each_time_it_runs()
    {
        await using var engine = await ClusterRunsBench.StartAsync(data.Path, TimeProvider.System, environment);
        var cronJob = Runnable(ClusterJobs.CronJob(environment, "job", Shell("echo fine"), "* * * * *", image));
        await client.BatchV1.CreateNamespacedCronJobAsync(cronJob, space, cancellationToken: Cancelled);
        await engine.DeployAsync(cronJob, DateTimeOffset.UtcNow);
        await engine.UntilAsync(() => engine.Told.Count(run => run.State == RunState.Succeeded) >= 2, TimeSpan.FromMinutes(4));

        var ran = engine.Told.Where(run => run.IsFinished).ToList();
        Assert.All(ran, run => Assert.Equal((RunState.Succeeded, RunOrigin.Schedule), (run.State, run.Origin)));
        Assert.All(ran, run => Assert.True(run.StartDelay < TimeSpan.FromSeconds(60), run.ToString()));
        Assert.Equal(TimeSpan.FromMinutes(1), ran[1].ScheduledFor - ran[0].ScheduledFor);
    }

    private static RunSpec Shell(string script) => Jobs.Shell(script) with { Memory = Quantity.Parse("16Mi") };

    private async Task<V1Job> AskAsync(RunSpec run, ImageReference? other = null)
    {
        var cronJob = Runnable(ClusterJobs.CronJob(environment, "job", run, schedule: null, other ?? image));
        var job = ClusterJobs.Asked(cronJob, $"{cronJob.Metadata.Name}-now-bcdf24");
        // What is owned by nothing that is there is collected as garbage.
        job.Metadata.OwnerReferences = null;
        return await client.BatchV1.CreateNamespacedJobAsync(job, space, cancellationToken: Cancelled);
    }

    /// <summary>With an account that every namespace has, and a user for an image that names none.</summary>
    private static V1CronJob Runnable(V1CronJob cronJob)
    {
        var pod = cronJob.Spec.JobTemplate.Spec.Template.Spec;
        pod.ServiceAccountName = "default";
        pod.SecurityContext ??= new V1PodSecurityContext();
        pod.SecurityContext.RunAsUser = 65532;
        return cronJob;
    }
}
