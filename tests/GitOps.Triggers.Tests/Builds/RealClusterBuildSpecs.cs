using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Containers;
using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>
/// Builds on the cluster of <c>KUBECONFIG_TEST</c>, by <c>KANIKO_CLUSTER_IMAGE</c>, into <c>TEST_REGISTRY</c>, which speaks http and asks for no login;
/// <c>KUBERNETES_TEST_IMAGE</c> fetches the context. Its pods must reach this machine.
/// </summary>
public sealed class RealClusterBuildSpecs : IAsyncLifetime
{
    private Kubernetes client = null!;
    private string space = null!;
    private string registry = null!;
    private ClusterBuildBench bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var kubeconfig = ClusterVariables.Kubeconfig;
        registry = ClusterVariables.Registry;
        client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
        space = $"kt6-{Guid.NewGuid().ToString("N")[..8]}";
        await client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = space } }, cancellationToken: Ct);
        await client.CoreV1.CreateNamespacedServiceAccountAsync(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = ClusterBuildJob.Account } }, space, cancellationToken: Ct);
        bench = await StartAsync(registry, settings => settings);
    }

    public async ValueTask DisposeAsync()
    {
        if (bench is not null)
            await bench.DisposeAsync();
        if (space is not null)
            await client.CoreV1.DeleteNamespaceAsync(space, cancellationToken: CancellationToken.None);
        client?.Dispose();
    }

    [Fact]
    public async Task A_Dockerfile_becomes_an_image_at_the_registry()
    {
        bench.Context.WithBusybox("RUN echo $((6 * 7)) is the answer > /answer && cat /answer");

        var built = (await bench.BuildAsync(Ct)).Done();

        Assert.Equal("kaniko (kubernetes)", built.Builder);
        Assert.Equal($"{registry}/triggers/reports/nightly", built.Image.Repository);
        Assert.True(await IsThereAsync(built.Image));
        Assert.Contains("42 is the answer", bench.LogLines());
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    public async Task A_base_image_is_pulled_and_layers_are_kept_where_the_operator_says()
    {
        var cache = $"{registry}/{space}/cache";
        await using var keeping = await StartAsync(registry, settings => settings with { Cache = cache });
        keeping.Context.With($"FROM {ClusterVariables.Image}", "RUN echo made once > /made", "USER 65532:65532");
        var first = (await keeping.BuildAsync(Ct)).Done();
        Assert.DoesNotContain(keeping.LogLines(), line => line.Contains("Found cached layer", StringComparison.Ordinal));

        var again = (await keeping.BuildAsync(Ct)).Done();

        Assert.Equal(first.Image, again.Image);
        Assert.Contains(keeping.LogLines(), line => line.Contains("Found cached layer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failing_step_is_a_finding_at_its_line_whatever_it_prints()
    {
        bench.Context.WithBusybox("RUN echo error pushing image: no such host; echo the reason; exit 7");

        var finding = (await bench.BuildAsync(Ct)).Rejected();

        Assert.Equal("jobs/report/Dockerfile:4", finding.Location);
        Assert.EndsWith("failed with exit code 7; the last lines: the reason", finding.Message, StringComparison.Ordinal);
        Assert.Empty(await JobsAsync());
    }

    [Theory]
    [InlineData("FROM scratch|BOGUS true", 2, "unknown instruction: BOGUS")]
    [InlineData("FROM scratch|COPY nofile /x", null, "lstat ./nofile")]
    public async Task What_the_Dockerfile_says_wrongly_is_a_finding(string dockerfile, int? line, string message)
    {
        bench.Context.With(dockerfile.Split('|'));

        var finding = (await bench.BuildAsync(Ct)).Rejected();

        Assert.Equal(line, finding.Line);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_takes_too_much_memory_is_told_so_at_its_line()
    {
        bench.Context.WithBusybox("RUN echo it grows; x=aaaaaaaa; while true; do x=$x$x; done");

        var finding = (await bench.BuildAsync(Ct)).Rejected();

        Assert.Equal("jobs/report/Dockerfile:4", finding.Location);
        Assert.Contains($"used more than its {bench.Configuration.Limits.BuildMemory} of memory", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestRegistry.Login, true)]
    [InlineData("push:wrong", false)]
    public async Task Where_the_registry_asks_for_a_login_a_container_apart_pushes_with_it(string login, bool fits)
    {
        TestRegistry.SkipUnlessInstalled();
        await using var asking = new TestRegistry { Address = ClusterVariables.Here, AsksForLogin = true };
        await asking.InitializeAsync();
        await GiveLoginAsync(asking.Host, login);
        await using var pushing = await StartAsync(asking.Host, settings => settings with { PushSecret = "push", PushImage = ClusterVariables.Skopeo });
        pushing.Context.WithBusybox("RUN busybox test ! -e /registry");

        var result = await pushing.BuildAsync(Ct);

        if (fits)
            Assert.True(await IsThereAsync(result.Done().Image, login));
        else
            Assert.Matches("^Its image was not pushed: may the login of builder.pushSecret push there[?] .*unauthorized", result.Retried());
        Assert.DoesNotContain(pushing.LogLines(), line => line.Contains(login.Split(':')[1], StringComparison.Ordinal));
        Assert.Empty(await JobsAsync());
    }

    [Fact]
    public async Task A_step_that_writes_too_much_is_told_so_at_its_line()
    {
        await using var small = await StartAsync(registry, settings => settings, new Limits { BuildDisk = 64 << 20 });
        small.Context.WithBusybox("RUN busybox dd if=/dev/zero of=/big bs=1M count=200; busybox sleep 600");

        var finding = (await small.BuildAsync(Ct)).Rejected();

        Assert.Equal("jobs/report/Dockerfile:4", finding.Location);
        Assert.StartsWith("the build wrote more than it may; it was at 'RUN busybox dd", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_prints_without_end_fills_neither_the_disk_nor_the_memory()
    {
        bench.Context.WithBusybox("RUN busybox head -c 100000000 /dev/zero | busybox tr '\\0' x; echo; busybox yes 'one line' | busybox head -n 5000000; exit 7");

        var result = await bench.BuildAsync(Ct);
        // A node hands on the newest file of a log only: where it was turned over just behind the last line, nothing says why, and it is tried again.
        for (var again = 0; again < 3 && result is StageResult<BuiltImage>.Retry { Reason: var lost } && lost.Contains("could not be read to the end", StringComparison.Ordinal); again++)
            result = await bench.BuildAsync(Ct);
        var finding = result.Rejected();

        Assert.Contains("failed with exit code 7", finding.Message, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(bench.Log.Path).Length, 1, bench.Configuration.Limits.BuildLogBytes + 100_000);
    }

    [Fact]
    [Threat(21)]
    public async Task A_step_sees_no_token_and_no_service_account()
    {
        bench.Context.WithBusybox(
            "RUN for one in /token /registry /var/run/secrets /run/secrets; do if busybox test -e $one; then echo $one is there; fi; done",
            "RUN echo mounted secrets: $(busybox grep -c -e token -e secret -e registry /proc/mounts)");

        (await bench.BuildAsync(Ct)).Done();

        Assert.Contains("mounted secrets: 0", bench.LogLines());
        Assert.DoesNotContain(bench.LogLines(), line => line.StartsWith('/') && line.EndsWith(" is there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_build_that_nobody_wants_any_more_is_deleted_with_its_pod()
    {
        bench.Context.WithBusybox("RUN echo it has begun; busybox sleep 600");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var build = bench.BuildAsync(cancel.Token);
        await bench.LogShowsAsync(line => line == "it has begun");
        Assert.Single(await JobsAsync());
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Empty(await JobsAsync());
        await UntilAsync(async () => (await client.CoreV1.ListNamespacedPodAsync(space)).Items.Count == 0);
        await UntilAsync(async () => (await client.CoreV1.ListNamespacedSecretAsync(space)).Items.Count == 0);
    }

    [Fact]
    public async Task A_build_goes_on_without_the_engine_and_the_next_engine_takes_it_up()
    {
        bench.Context.WithBusybox("RUN echo it has begun; busybox sleep 15; echo it goes on; busybox date +%s%N > /made");
        var build = bench.BuildAsync(Ct);
        await bench.LogShowsAsync(line => line == "it has begun");
        var job = Assert.Single(await JobsAsync());
        await bench.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);

        bench.Restart();
        var built = (await bench.BuildAsync(Ct)).Done();

        Assert.True(await IsThereAsync(built.Image));
        Assert.Contains(bench.LogLines(), line => line.Contains($"the Job {job.Metadata.Name} in {space}", StringComparison.Ordinal) && line.EndsWith("is there already, and is taken up ---", StringComparison.Ordinal));
        Assert.Single(bench.LogLines(), line => line == "it has begun");
        Assert.Single(bench.LogLines(), line => line == "it goes on");
        Assert.Empty(await JobsAsync());
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var since = System.Diagnostics.Stopwatch.StartNew(); !await holds(); await Task.Delay(TimeSpan.FromMilliseconds(200), Ct))
            Assert.True(since.Elapsed < TimeSpan.FromMinutes(1), "It did not come to that.");
    }

    private Task<ClusterBuildBench> StartAsync(string pushedTo, Func<ClusterBuilderSettings, ClusterBuilderSettings> change, Limits? limits = null) => ClusterBuildBench.StartAsync(
        limits is null ? new BuildBench() : new BuildBench { Limits = limits },
        ClusterVariables.Kubeconfig,
        new RegistrySettings { Prefix = $"{pushedTo}/triggers", PlainHttp = true },
        port => change(new ClusterBuilderSettings
        {
            Namespace = space,
            ContextImage = ClusterVariables.Image,
            EngineUrl = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{ClusterVariables.Here}:{port}")),
        }),
        ClusterVariables.Kaniko,
        IPAddress.Any);

    private Task GiveLoginAsync(string host, string login)
    {
        var auth = new { auth = Convert.ToBase64String(Encoding.UTF8.GetBytes(login)) };
        var config = JsonSerializer.Serialize(new { auths = new Dictionary<string, object> { [host] = auth } });
        return client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret { Metadata = new V1ObjectMeta { Name = "push" }, Type = "kubernetes.io/dockerconfigjson", StringData = new Dictionary<string, string> { [".dockerconfigjson"] = config } }, space, cancellationToken: Ct);
    }

    private async Task<IReadOnlyList<V1Job>> JobsAsync() => [.. (await client.BatchV1.ListNamespacedJobAsync(space, cancellationToken: Ct)).Items];

    private static async Task<bool> IsThereAsync(ImageReference image, string? login = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, $"http://{image.Repository!.Replace("/triggers/", "/v2/triggers/", StringComparison.Ordinal)}/manifests/{image.Digest}");
        if (login is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
        request.Headers.TryAddWithoutValidation("Accept", "application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json");
        return (await http.SendAsync(request, Ct)).StatusCode == HttpStatusCode.OK;
    }
}
