using System.Net;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What the hand-written server can do beyond a real one, and what a real one does only with its controllers.</summary>
public sealed partial class ApiServerSpecs : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private ApiServer api = null!;
    private Kubernetes client = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiServer.StartAsync(time);
        client = api.Client();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task A_failure_is_answered_as_often_as_was_asked_for_and_carries_nothing_out()
    {
        api.Fail(request => request is { Verb: "POST", Resource: "configmaps" }, 429, times: 2, retryAfter: 7);
        var failure = await Assert.ThrowsAsync<k8s.Autorest.HttpOperationException>(CreateAsync);
        Assert.Equal(["7"], failure.Response.Headers["Retry-After"]);
        Assert.Equal("TooManyRequests", (await Refusal.OfAsync(CreateAsync())).Reason);
        Assert.Empty(api.Objects<V1ConfigMap>());
        await CreateAsync();
        Assert.Equal(3, api.Requests.Count(request => request.Verb == "POST"));
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServiceUnavailable")]
    public async Task A_failure_says_why(int status, string reason)
    {
        api.Fail(_ => true, status);
        Assert.Equal(reason, (await Refusal.OfAsync(CreateAsync())).Reason);
    }

    [Fact]
    public async Task A_dropped_request_is_not_carried_out()
    {
        api.Drop(request => request.Verb == "POST");
        await Assert.ThrowsAsync<HttpRequestException>(CreateAsync);
        Assert.Empty(api.Objects<V1ConfigMap>());
    }

    [Fact]
    public async Task A_lost_answer_is_of_a_request_that_was_carried_out()
    {
        api.LoseAnswer(request => request.Verb == "POST");
        await Assert.ThrowsAsync<HttpRequestException>(CreateAsync);
        Assert.Single(api.Objects<V1ConfigMap>());
        Assert.Equal(409, (await Refusal.OfAsync(CreateAsync())).Code);
    }

    [Fact]
    public async Task A_client_does_not_repeat_a_dropped_request_on_its_own()
    {
        await CreateAsync();
        api.Drop(request => request.Verb == "GET");
        await Assert.ThrowsAsync<HttpRequestException>(() => client.CoreV1.ReadNamespacedConfigMapAsync("a", "default"));
        Assert.Equal(1, api.Requests.Count(request => request.Verb == "GET"));
    }

    [Fact]
    public async Task A_held_request_waits()
    {
        var hold = api.Hold(request => request.Verb == "POST");
        var creation = CreateAsync();
        var came = await api.Requests.WaitAsync(request => request.Verb == "POST");
        Assert.Equal(("/api/v1/namespaces/default/configmaps", "default", "configmaps"), (came.Path, came.Namespace, came.Resource));
        Assert.Contains("\"key\":\"value\"", came.Body, StringComparison.Ordinal);
        Assert.Empty(api.Objects<V1ConfigMap>());
        hold.SetResult();
        await creation;
        Assert.Single(api.Objects<V1ConfigMap>());
    }

    [Fact]
    public async Task A_request_that_does_not_come_is_not_waited_for_for_ever()
    {
        await CreateAsync();
        var late = await Assert.ThrowsAsync<TimeoutException>(() => api.Requests.WaitAsync(request => request.Verb == "DELETE", within: TimeSpan.FromMilliseconds(1)));
        Assert.Contains("POST /api/v1/namespaces/default/configmaps", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_no_longer_good_is_refused()
    {
        api.Token = "first";
        using var known = api.Client();
        await known.CoreV1.ListNamespacedConfigMapAsync("default");
        api.Token = "second";
        Assert.Equal((401, "Unauthorized"), await Refusal.OfAsync(known.CoreV1.ListNamespacedConfigMapAsync("default")) is var status ? (status.Code, status.Reason) : default);
        using var renewed = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(api.KubeconfigFile()));
        await renewed.CoreV1.ListNamespacedConfigMapAsync("default");
    }

    [Fact]
    public async Task It_says_that_it_is_ready_and_which_version_it_is()
    {
        Assert.Equal("ok", await client.HttpClient.GetStringAsync(new Uri(api.Url + "/readyz")));
        Assert.Equal("1", (await client.Version.GetCodeAsync()).Major);
    }

    [Fact]
    public async Task What_one_may_do_is_what_the_test_says()
    {
        api.Allows = what => Json.Text(what, "verb") == "get";
        Assert.True(await MayAsync("get"));
        Assert.False(await MayAsync("delete"));
    }

    [Theory]
    [InlineData("Background", false)]
    [InlineData("Foreground", false)]
    [InlineData("Orphan", true)]
    [InlineData(null, true)]
    public async Task A_deleted_job_takes_its_pods_along_only_when_asked_to(string? policy, bool isLeft)
    {
        var job = api.Put(new V1Job { Metadata = Named("j"), Spec = new V1JobSpec { Template = new V1PodTemplateSpec() } });
        api.Put(new V1Pod { Metadata = Named("p", new V1OwnerReference { ApiVersion = "batch/v1", Kind = "Job", Name = "j", Uid = job.Metadata.Uid }), Spec = new V1PodSpec { Containers = [new V1Container { Name = "main" }] } });
        await client.BatchV1.DeleteNamespacedJobAsync("j", "default", propagationPolicy: policy);
        Assert.Equal(isLeft ? 1 : 0, api.Objects<V1Pod>().Count);
        Assert.All(api.Objects<V1Pod>(), pod => Assert.Null(pod.Metadata.OwnerReferences));
    }

    [Fact]
    public async Task An_apply_may_be_written_in_YAML()
    {
        using var body = new StringContent("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: y\ndata:\n  key: \"1\"\n", new System.Net.Http.Headers.MediaTypeHeaderValue("application/apply-patch+yaml"));
        using var answer = await client.HttpClient.PatchAsync(new Uri(api.Url + "/api/v1/namespaces/default/configmaps/y?fieldManager=engine"), body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("1", api.Get<V1ConfigMap>("default", "y")!.Data["key"]);
    }

    [Fact]
    public void What_another_changes_is_his()
    {
        api.Put(new V1ConfigMap { Metadata = Named("a"), Data = new Dictionary<string, string> { ["one"] = "1", ["two"] = "2" } });
        var changed = api.Change<V1ConfigMap>("default", "a", map => map.Data["two"] = "3", "other");
        Assert.Equal(["other", "someone"], changed.Metadata.ManagedFields.Select(field => field.Manager).Order());
        Assert.Equal(time.GetUtcNow().UtcDateTime, changed.Metadata.CreationTimestamp);
        api.Delete<V1ConfigMap>("default", "a");
        Assert.Empty(api.Objects<V1ConfigMap>());
    }

    private async Task<bool> MayAsync(string verb)
    {
        var review = new V1SelfSubjectAccessReview { Spec = new V1SelfSubjectAccessReviewSpec { ResourceAttributes = new V1ResourceAttributes { Verb = verb, Resource = "jobs", Group = "batch" } } };
        return (await client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(review)).Status.Allowed;
    }

    private static V1ObjectMeta Named(string name, params V1OwnerReference[] owners) => new() { Name = name, NamespaceProperty = "default", OwnerReferences = owners };

    private Task CreateAsync() => client.CoreV1.CreateNamespacedConfigMapAsync(
        new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "a" }, Data = new Dictionary<string, string> { ["key"] = "value" } }, "default");
}
