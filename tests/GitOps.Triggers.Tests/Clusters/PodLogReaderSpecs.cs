using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Cli;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Xunit;
using Cluster = GitOps.Triggers.Clusters.Cluster;

namespace GitOps.Triggers.Tests.Clusters;

public sealed class PodLogReaderSpecs : IAsyncLifetime
{
    private const string Space = "jobs";

    private ApiServer api = null!;
    private Cluster cluster = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await ApiServer.StartAsync();
        api.Token = "engine";
        cluster = new Cluster(new ClusterAccess { Kubeconfig = api.KubeconfigFile() }, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        cluster.Dispose();
        await api.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_right_that_is_missing_is_told_at_once_and_never_an_empty_log(bool follow)
    {
        var pod = Pod("Succeeded");
        api.Fail(IsLog, 403, times: int.MaxValue, message: "pods is forbidden: cannot get resource \"pods/log\"");

        var failure = await Assert.ThrowsAsync<ClusterException>(() => ReadAsync(pod, follow));

        Assert.Equal(ClusterFailureKind.Forbidden, failure.Kind);
        Assert.Contains("pods/log", failure.Message, StringComparison.Ordinal);
        Assert.Single(api.Requests, IsLog);
    }

    [Fact]
    public async Task What_cannot_be_had_of_a_pod_that_has_ended_is_told_with_the_last_reason()
    {
        var pod = Pod("Succeeded");
        // With so long a wait the client itself does not try again.
        api.Fail(IsLog, 503, times: int.MaxValue, message: "the kubelet is away", retryAfter: 60);

        var failure = await Assert.ThrowsAsync<ClusterException>(() => ReadAsync(pod, follow: false));

        Assert.Contains("the kubelet is away", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.IsPassing);
    }

    [Fact]
    public async Task However_often_it_was_cut_while_the_pod_ran_the_end_of_the_pod_ends_it()
    {
        var pod = Pod("Running");
        api.Fail(IsLog, 503, times: int.MaxValue, message: "the kubelet is away", retryAfter: 60);

        var reading = ReadAsync(pod, follow: true);
        await api.Requests.WaitAsync(IsLog, count: 8);
        Pod("Succeeded");

        var failure = await Assert.ThrowsAsync<ClusterException>(() => reading.WaitAsync(TimeSpan.FromSeconds(30), Ct));
        Assert.Contains("the kubelet is away", failure.Message, StringComparison.Ordinal);
    }

    private static bool IsLog(ApiRequest request) => request.Subresource == "log";

    private async Task<IReadOnlyList<string>> ReadAsync(V1Pod pod, bool follow)
    {
        var lines = new List<string>();
        await foreach (var line in new PodLogReader(cluster, pod, "trigger", new HastyClock(DateTimeOffset.UnixEpoch)).ReadAsync(follow, Ct))
            lines.Add(line);
        return lines;
    }

    private V1Pod Pod(string phase) => api.Put(new V1Pod
    {
        Metadata = new V1ObjectMeta { Name = "a", NamespaceProperty = Space },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "trigger" }] },
        Status = new V1PodStatus { Phase = phase, ContainerStatuses = [new V1ContainerStatus { Name = "trigger", Image = "i", ImageID = "i", Ready = false, RestartCount = 0, State = phase == "Running" ? new V1ContainerState { Running = new V1ContainerStateRunning() } : new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 0 } } }] },
    });
}
