using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Deployment;

public sealed class ClusterLogsSpecs : IAsyncLifetime
{
    private ApiServer api = null!;
    private TargetBench bench = null!;
    private RunRecord run = null!;
    private int written;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await ApiServer.StartAsync();
        api.Token = "engine";
        bench = await TargetBench.StartAsync(api.KubeconfigFile());
        await bench.ApplyAsync("job", bench.Render("job"));
        run = TargetBench.Done(await bench.Target.RunNowAsync(TargetBench.Key("job"), null, Ct));
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task The_pods_of_all_attempts_are_read_in_their_order_and_masked()
    {
        Pod("a", "Failed", 1);
        Pod("b", "Succeeded", 2);
        Write("a", "first", "the word is hunter2");
        Write("b", "second");
        api.Log(bench.Space, "a", "trigger").End();
        api.Log(bench.Space, "b", "trigger").End();

        Assert.Equal(["first", "the word is ***", "second"], await ReadAsync(follow: false));
    }

    [Fact]
    public async Task What_is_left_of_a_pod_that_is_gone_is_read_from_its_file()
    {
        var file = RunLogs.PathOf(bench.Configuration.DataFolder, run.Id, 1);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "kept\n", Ct);

        Assert.Equal(["kept"], await ReadAsync(follow: false));
    }

    [Fact]
    public async Task Lines_that_are_drawn_over_are_lines_and_one_without_an_end_fills_no_memory()
    {
        Pod("a", "Succeeded", 1);
        Write("a", "10%\r20%\r", "", new string('x', 1 << 20));
        api.Log(bench.Space, "a", "trigger").End();

        var lines = await ReadAsync(follow: false);

        Assert.Equal(["10%", "20%", ""], lines.Take(3));
        Assert.InRange(lines[3].Length, 60_000, 1 << 16);
    }

    [Fact]
    public async Task A_log_that_is_cut_goes_on_without_repeating_a_line()
    {
        Pod("a", "Running", 1);
        Write("a", "one", "two", "three");
        api.Log(bench.Space, "a", "trigger").End();
        await using var lines = bench.Target.LogsAsync(run, follow: true, Ct).GetAsyncEnumerator(Ct);
        foreach (var expected in new[] { "one", "two", "three" })
        {
            Assert.True(await lines.MoveNextAsync());
            Assert.Equal(expected, lines.Current);
        }

        var next = lines.MoveNextAsync();
        await api.Requests.WaitAsync(request => request.Subresource == "log", count: 2);
        Write("a", "four");
        Pod("a", "Succeeded", 1);
        await bench.Runs.RecordAsync(run with { State = RunState.Succeeded }, Ct);

        Assert.True(await next);
        Assert.Equal("four", lines.Current);
        Assert.False(await lines.MoveNextAsync());
    }

    [Theory]
    [InlineData("pods")]
    [InlineData("log")]
    public async Task A_log_that_the_cluster_does_not_give_is_refused_in_its_words(string asked)
    {
        Pod("a", "Succeeded", 1);
        api.Fail(request => request.Verb == "GET" && (request.Subresource == asked || (request.Resource == asked && request.Name.Length == 0)), 403, message: "no right");

        var refused = await Assert.ThrowsAsync<LogUnavailableException>(() => ReadAsync(follow: false));

        Assert.Contains("no right", refused.Message, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> ReadAsync(bool follow)
    {
        var lines = new List<string>();
        await foreach (var line in bench.Target.LogsAsync(run, follow, Ct))
            lines.Add(line);
        return lines;
    }

    private void Write(string pod, params string[] lines)
    {
        // As the kubelet puts it, asked for timestamps; several lines may share one.
        foreach (var line in lines)
            api.Log(bench.Space, pod, "trigger").Write($"2030-01-01T00:00:0{written++ / 2}.000000000Z {line}");
    }

    private void Pod(string name, string phase, int second) => api.Put(new V1Pod
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = bench.Space,
            CreationTimestamp = new DateTime(2030, 1, 1, 0, 0, second, DateTimeKind.Utc),
            Labels = new Dictionary<string, string> { ["batch.kubernetes.io/job-name"] = run.Id.Value },
        },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "trigger" }] },
        Status = new V1PodStatus { Phase = phase, ContainerStatuses = [new V1ContainerStatus { Name = "trigger", Image = "i", ImageID = "i", Ready = false, RestartCount = 0, State = phase == "Running" ? new V1ContainerState { Running = new V1ContainerStateRunning() } : new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 0 } } }] },
    });
}
