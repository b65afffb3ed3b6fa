using System.Net;
using System.Text;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class ClusterKanikoSpecs : IAsyncLifetime
{
    private const string Space = "builds";

    private ApiServer api = null!;
    private BuildNode node = null!;
    private ClusterBuildBench bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await ApiServer.StartAsync();
        api.Token = "engine";
        api.Put(new V1Namespace { Metadata = new V1ObjectMeta { Name = Space } });
        node = new BuildNode(api, Space);
        bench = await StartAsync(new Limits());
    }

    public async ValueTask DisposeAsync()
    {
        await bench.DisposeAsync();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task A_build_is_a_Job_whose_log_is_read_while_it_runs_and_which_goes_with_its_end()
    {
        var build = bench.BuildAsync(Ct);
        var job = await node.JobAsync();
        node.Builds(job, "INFO[0001] RUN make", "first");
        await bench.LogShowsAsync(line => line == "first");
        Assert.False(build.IsCompleted);
        node.Prints(job, BuildContainer.Name, "second");
        node.Succeeds(job);

        var built = (await build).Done();

        Assert.Equal($"registry.example.com/triggers/reports/nightly@{BuildNode.Digest}", built.Image.ToString());
        Assert.Equal("kaniko (kubernetes)", built.Builder);
        Assert.Equal(["first", "second"], bench.LogLines().Where(line => line is "first" or "second"));
        Assert.Empty(api.Objects<V1Job>(Space));
    }

    [Fact]
    public async Task The_context_is_delivered_for_the_token_in_the_Jobs_own_Secret_until_Kaniko_begins()
    {
        var build = bench.BuildAsync(Ct);
        var job = await node.JobAsync();
        var secret = Assert.Single(api.Objects<V1Secret>(Space));

        Assert.Equal(ContextContainer.SecretOf(job), secret.Metadata.Name);
        Assert.Equal(job.Metadata.Uid, Assert.Single(secret.Metadata.OwnerReferences).Uid);
        Assert.Equal(HttpStatusCode.Forbidden, (await FetchAsync(job, "0")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await FetchAsync(job, new string('0', 64))).StatusCode);
        using var delivered = await FetchAsync(job, TokenOf(secret));
        Assert.Equal(HttpStatusCode.OK, delivered.StatusCode);
        Assert.Equal(job.Metadata.Annotations[ClusterBuildJob.ContextHash], Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await delivered.Content.ReadAsByteArrayAsync(Ct))));
        node.Builds(job, "it has begun");
        await bench.LogShowsAsync(line => line == "it has begun");
        Assert.Equal(HttpStatusCode.Forbidden, (await FetchAsync(job, TokenOf(secret))).StatusCode);

        node.Succeeds(job);
        (await build).Done();
        Assert.DoesNotContain(bench.LogLines(), line => line.Contains(TokenOf(secret), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failing_step_is_a_finding_at_its_line()
    {
        var build = bench.BuildAsync(Ct);
        var job = await node.JobAsync();
        node.Builds(job, "INFO[0001] RUN make", "error pushing image: connection refused", "make: no rule",
            "error building image: error building stage: failed to execute command: waiting for process to exit: exit status 2");
        node.Shows(job, "Failed", (ContextContainer.Name, BuildNode.Ended()), (BuildContainer.Name, BuildNode.Ended(1)));
        api.Log(Space, job.Metadata.Name + "-abcde", BuildContainer.Name).End();

        var finding = (await build).Rejected();

        Assert.Equal("jobs/report/Dockerfile:3", finding.Location);
        Assert.EndsWith("'RUN make' failed with exit code 2; the last lines: make: no rule", finding.Message, StringComparison.Ordinal);
        Assert.Empty(api.Objects<V1Job>(Space));
    }

    [Fact]
    public async Task A_failure_whose_log_cannot_be_read_is_nobodys_fault()
    {
        api.Fail(request => request.Subresource == "log", 403, times: 100);
        var build = bench.BuildAsync(Ct);
        var job = await node.JobAsync();
        node.Shows(job, "Failed", (ContextContainer.Name, BuildNode.Ended()), (BuildContainer.Name, BuildNode.Ended(1)));

        Assert.StartsWith("Kaniko ended with exit code 1, and its log could not be read to the end", (await build).Retried(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_is_cancelled_is_deleted_with_its_pod()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var build = bench.BuildAsync(cancel.Token);
        var job = await node.JobAsync();
        node.Builds(job, "it has begun");
        await bench.LogShowsAsync(line => line == "it has begun");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);

        var deletion = Assert.Single(api.Requests, request => request.Verb == "DELETE");
        Assert.Equal(("Background", job.Metadata.Uid), (deletion.Content()["propagationPolicy"]!.ToString(), deletion.Content()["preconditions"]!["uid"]!.ToString()));
        Assert.Empty(api.Objects<V1Job>(Space));
        Assert.Empty(api.Objects<V1Pod>(Space));
        Assert.Equal(HttpStatusCode.Forbidden, (await FetchAsync(job, "0")).StatusCode);
    }

    [Fact]
    public async Task The_next_engine_takes_up_a_Job_that_waits_for_its_context_and_delivers_it()
    {
        var (job, secret) = await StopAfterAsync(_ => { });
        bench.Restart();
        Assert.Equal(HttpStatusCode.Forbidden, (await FetchAsync(job, TokenOf(secret))).StatusCode);
        api.Requests.Clear();

        var build = bench.BuildAsync(Ct);
        await node.JobAsync();
        Assert.Equal(HttpStatusCode.OK, (await FetchAsync(job, TokenOf(secret))).StatusCode);
        node.Succeeds(job);

        (await build).Done();
        Assert.DoesNotContain(api.Requests, request => request.Verb == "POST" && request.Resource == "jobs");
    }

    [Fact]
    public async Task The_next_engine_reads_a_running_Jobs_log_from_the_beginning()
    {
        var (job, _) = await StopAfterAsync(one => node.Builds(one, "first"));
        bench.Restart();

        var build = bench.BuildAsync(Ct);
        await bench.LogShowsAsync(line => line == "first");
        node.Prints(job, BuildContainer.Name, "second");
        node.Succeeds(job);

        Assert.Equal(BuildNode.Digest, (await build).Done().Image.Digest.Value);
        Assert.Equal(["first", "second"], bench.LogLines().Where(line => line is "first" or "second"));
        Assert.Contains(bench.LogLines(), line => line.EndsWith("is there already, and is taken up ---", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_engine_takes_up_what_ended_while_there_was_none()
    {
        var (job, _) = await StopAfterAsync(one => node.Builds(one, "first"));
        node.Prints(job, BuildContainer.Name, "second");
        node.Succeeds(job);
        bench.Restart();

        Assert.Equal(BuildNode.Digest, (await bench.BuildAsync(Ct)).Done().Image.Digest.Value);
        Assert.Equal(["first", "second"], bench.LogLines().Where(line => line is "first" or "second"));
        Assert.Empty(api.Objects<V1Job>(Space));
    }

    [Fact]
    public async Task A_Job_that_was_left_without_its_Secret_gets_one()
    {
        var (job, secret) = await StopAfterAsync(_ => { });
        api.Delete<V1Secret>(Space, secret.Metadata.Name);
        bench.Restart();
        api.Requests.Clear();

        var build = bench.BuildAsync(Ct);
        await node.JobAsync();

        Assert.Equal(HttpStatusCode.OK, (await FetchAsync(job, TokenOf(Assert.Single(api.Objects<V1Secret>(Space))))).StatusCode);
        node.Succeeds(job);
        (await build).Done();
    }

    [Theory]
    [InlineData("jobs")]
    [InlineData("secrets")]
    public async Task An_answer_that_is_lost_makes_no_second_one(string resource)
    {
        api.LoseAnswer(request => request.Verb == "POST" && request.Resource == resource);

        var build = bench.BuildAsync(Ct);
        await api.Requests.WaitAsync(request => request.Verb == "POST" && request.Resource == resource, count: 2);
        var job = await node.JobAsync();
        await api.Requests.WaitAsync(request => request.Verb == "GET" && request.Resource == "pods");
        Assert.Equal(HttpStatusCode.OK, (await FetchAsync(job, TokenOf(Assert.Single(api.Objects<V1Secret>(Space))))).StatusCode);
        node.Succeeds(job);

        (await build).Done();
    }

    [Fact]
    public async Task A_cluster_that_is_busy_or_away_for_a_while_costs_nothing()
    {
        api.Fail(request => request.Verb == "POST" && request.Resource == "jobs", 429, retryAfter: 1);
        var build = bench.BuildAsync(Ct);
        var job = await node.JobAsync();
        // More often than a call is tried.
        api.Fail(request => request.Verb == "GET", 503, times: 6);
        node.Builds(job, "first");
        await bench.LogShowsAsync(line => line == "first");
        node.Succeeds(job);

        (await build).Done();
    }

    [Fact]
    public async Task Where_the_cluster_refuses_it_is_tried_again_and_the_Job_is_left_to_be_taken_up()
    {
        var build = bench.BuildAsync(Ct);
        var job = await node.JobAsync();
        api.Fail(request => request.Verb == "GET" && request.Resource == "pods", 403, times: 1_000);

        Assert.Contains("docs/kubernetes.md", (await build).Retried(), StringComparison.Ordinal);
        Assert.Equal(job.Metadata.Uid, Assert.Single(api.Objects<V1Job>(Space)).Metadata.Uid);
    }

    [Fact]
    public async Task A_Job_of_the_name_that_another_engine_made_is_left_alone()
    {
        var (job, _) = await StopAfterAsync(_ => { });
        api.Change<V1Job>(Space, job.Metadata.Name, one => one.Metadata.Labels[ContainerOwner.Label] = "another");
        bench.Restart();

        Assert.Contains("was not made by this engine", (await bench.BuildAsync(Ct)).Retried(), StringComparison.Ordinal);
        Assert.Single(api.Objects<V1Job>(Space));
    }

    [Fact]
    public async Task What_befalls_the_pod_is_tried_again_by_a_new_Job()
    {
        var build = bench.BuildAsync(Ct);
        var job = await node.JobAsync();
        node.Builds(job, "first");
        await bench.LogShowsAsync(line => line == "first");
        api.Delete<V1Job>(Space, job.Metadata.Name);

        Assert.StartsWith("Its Job was deleted by somebody else", (await build).Retried(), StringComparison.Ordinal);
        api.Requests.Clear();
        var again = bench.BuildAsync(Ct);
        var other = await node.JobAsync();
        Assert.Equal(job.Metadata.Name, other.Metadata.Name);
        Assert.NotEqual(job.Metadata.Uid, other.Metadata.Uid);
        node.Succeeds(other);
        (await again).Done();
    }

    [Fact]
    public async Task What_failed_for_want_of_an_engine_is_built_anew_at_once()
    {
        var (job, _) = await StopAfterAsync(_ => { });
        node.Shows(job, "Failed", (ContextContainer.Name, BuildNode.Ended(1)));
        bench.Restart();
        api.Requests.Clear();

        var build = bench.BuildAsync(Ct);
        await api.Requests.WaitAsync(request => request.Verb == "POST" && request.Resource == "secrets", count: 2);
        var other = Assert.Single(api.Objects<V1Job>(Space));
        Assert.NotEqual(job.Metadata.Uid, other.Metadata.Uid);
        node.Succeeds(other);

        (await build).Done();
    }

    [Fact]
    public async Task A_build_that_is_superseded_while_it_waits_is_called_off_like_any_other()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var build = bench.BuildAsync(cancel.Token);
        await node.JobAsync();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Empty(api.Objects<V1Job>(Space));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Time_that_is_over_is_the_Dockerfiles_fault_only_while_Kaniko_runs(bool runs)
    {
        await using var hasty = await StartAsync(new Limits { BuildTimeout = TimeSpan.FromSeconds(2) });
        var build = hasty.BuildAsync(Ct);
        var job = await node.JobAsync();
        if (runs)
            node.Builds(job, "INFO[0001] RUN make");

        var result = await build;

        if (runs)
            Assert.Equal(("jobs/report/Dockerfile:3", "the build did not end within 2s; it was at 'RUN make'."), (result.Rejected().Location, result.Rejected().Message));
        else
            Assert.StartsWith("Time was over before Kaniko ran", result.Retried(), StringComparison.Ordinal);
        Assert.Empty(api.Objects<V1Job>(Space));
    }

    [Fact]
    public async Task What_nobody_works_on_is_swept_away_after_a_while_and_what_is_another_engines_is_not()
    {
        var (job, _) = await StopAfterAsync(one => node.Builds(one, "first"));
        api.Put(new V1Job { Metadata = new V1ObjectMeta { Name = "other", NamespaceProperty = Space, Labels = new Dictionary<string, string>(job.Metadata.Labels) { [ContainerOwner.Label] = "other" } }, Spec = job.Spec });
        bench.Restart();
        var time = new FakeTimeProvider();
        var sweep = new ClusterBuildSweep(bench.Configuration, bench.Clusters, bench.Contexts, time);

        Assert.Empty(await sweep.SweepAsync(Ct));
        var build = bench.BuildAsync(Ct);
        await api.Requests.WaitAsync(request => request.Verb == "POST" && request.Resource == "secrets", count: 2);
        time.Advance(ClusterBuildSweep.Patience);
        Assert.Empty(await sweep.SweepAsync(Ct));
        await bench.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Empty(await sweep.SweepAsync(Ct));
        time.Advance(ClusterBuildSweep.Patience);

        Assert.Equal([job.Metadata.Name], await sweep.SweepAsync(Ct));
        Assert.Equal(["other"], api.Objects<V1Job>(Space).Select(one => one.Metadata.Name));
        Assert.Empty(api.Objects<V1Pod>(Space));
    }

    [Fact]
    public async Task A_failure_is_explained_by_its_last_lines_also_where_the_whole_log_could_not_be_read_in_time()
    {
        var time = new FakeTimeProvider();
        await using var patient = await StartAsync(new Limits(), time);
        api.Hold(request => request.Subresource == "log" && request["follow"] == "true");
        var build = patient.BuildAsync(Ct);
        var job = await node.JobAsync();
        node.Prints(job, BuildContainer.Name, "INFO[0001] RUN make", "make: no rule", "error building image: error building stage: failed to execute command: waiting for process to exit: exit status 2");
        node.Shows(job, "Failed", (ContextContainer.Name, BuildNode.Ended()), (BuildContainer.Name, BuildNode.Ended(1)));
        while (await Task.WhenAny(build, Task.Delay(20, Ct)) != build)
            time.Advance(TimeSpan.FromSeconds(1));

        Assert.Contains("exit code 2", (await build).Rejected().Message, StringComparison.Ordinal);
        Assert.Contains("--- it printed more than could be read; these are its last lines ---", patient.LogLines());
    }

    private Task<ClusterBuildBench> StartAsync(Limits limits, TimeProvider? time = null) => ClusterBuildBench.StartAsync(
        new BuildBench { Limits = limits }.With("FROM scratch", "COPY a /", "RUN make"),
        api.KubeconfigFile(),
        new RegistrySettings { Prefix = "registry.example.com/triggers" },
        port => new ClusterBuilderSettings { Namespace = Space, EngineUrl = new Uri($"http://127.0.0.1:{port}") },
        "kaniko:1",
        time: time);

    /// <summary>Begins a build and stops the engine in the middle of it: the Job must still be there.</summary>
    private async Task<(V1Job Job, V1Secret Secret)> StopAfterAsync(Action<V1Job> then)
    {
        var build = bench.BuildAsync(Ct);
        var job = await node.JobAsync();
        await api.Requests.WaitAsync(request => request.Verb == "GET" && request.Resource == "pods");
        then(job);
        await bench.StopAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => build);
        Assert.Equal(job.Metadata.Uid, Assert.Single(api.Objects<V1Job>(Space)).Metadata.Uid);
        return (job, Assert.Single(api.Objects<V1Secret>(Space)));
    }

    private static async Task<HttpResponseMessage> FetchAsync(V1Job job, string token)
    {
        using var http = new HttpClient();
        var url = job.Spec.Template.Spec.InitContainers[0].Env.Single(one => one.Name == "CONTEXT_URL").Value;
        using var body = new StringContent(token);
        return await http.PostAsync(new Uri(url), body, Ct);
    }

    private static string TokenOf(V1Secret secret) => secret.StringData is { } text && text.TryGetValue(ContextContainer.TokenKey, out var token)
        ? token
        : Encoding.UTF8.GetString(secret.Data[ContextContainer.TokenKey]);
}
