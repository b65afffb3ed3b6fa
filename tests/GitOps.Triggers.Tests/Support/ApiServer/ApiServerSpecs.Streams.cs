using k8s;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>Watches and logs: what stays open.</summary>
public sealed partial class ApiServerSpecs
{
    [Fact]
    public async Task The_past_can_be_watched_until_it_is_forgotten()
    {
        var before = (await client.CoreV1.ListNamespacedConfigMapAsync("default")).Metadata.ResourceVersion;
        await CreateAsync();
        api.Compact();
        var (seen, errors) = await WatchAsync(before);
        Assert.Empty(seen);
        Assert.Equal((410, "Expired"), Assert.IsType<KubernetesException>(Assert.Single(errors)).Status is var status ? (status.Code, status.Reason) : default);
        api.Fail(request => request.IsWatch, 410);
        Assert.Equal(410, (await Refusal.OfAsync(WatchAsync(before))).Code);
    }

    [Fact]
    public async Task A_list_that_was_begun_before_the_past_was_forgotten_cannot_go_on()
    {
        api.Put(new V1ConfigMap { Metadata = Named("a") });
        api.Put(new V1ConfigMap { Metadata = Named("b") });
        var first = await client.CoreV1.ListNamespacedConfigMapAsync("default", limit: 1);
        api.Compact();
        Assert.Equal((410, "Expired"), await Refusal.OfAsync(client.CoreV1.ListNamespacedConfigMapAsync("default", limit: 1, continueParameter: first.Metadata.ContinueProperty)) is var status ? (status.Code, status.Reason) : default);
    }

    [Fact]
    public async Task An_open_watch_can_be_told_that_its_version_is_gone()
    {
        var (seen, errors) = await TellAsync(WatchOrder.Gone);
        Assert.Equal(["Added a"], seen);
        Assert.Equal(410, Assert.IsType<KubernetesException>(Assert.Single(errors)).Status.Code);
    }

    [Fact]
    public async Task A_watch_that_is_ended_ends_quietly()
    {
        var (seen, errors) = await TellAsync(WatchOrder.End);
        Assert.Equal(["Added a"], seen);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData(nameof(WatchOrder.Cut))]
    [InlineData(nameof(WatchOrder.CutInLine))]
    public async Task A_watch_that_is_cut_breaks(string order)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => TellAsync(Enum.Parse<WatchOrder>(order)));
        Assert.True(failure is IOException or HttpRequestException, failure.ToString());
    }

    [Fact]
    public async Task A_watch_gets_bookmarks_and_ends_after_the_time_it_asked_for()
    {
        api.Put(new V1ConfigMap { Metadata = Named("a") });
        var watching = WatchAsync(null, bookmarks: true, seconds: 60);
        await api.WatchesOpenAsync();
        api.TellWatches(WatchOrder.Bookmark);
        api.Put(new V1ConfigMap { Metadata = Named("b") });
        api.Put(new V1Secret { Metadata = Named("of-no-interest") });
        time.Advance(TimeSpan.FromSeconds(61));
        var (seen, errors) = await watching;
        Assert.Equal(["Added a", "Added b", "Bookmark "], seen.Where((one, index) => one != "Bookmark " || index == seen.Count - 1));
        Assert.Equal(2, seen.Count(one => one == "Bookmark "));
        Assert.Empty(errors);
    }

    [Fact]
    public async Task A_followed_log_stays_open_until_the_container_ends()
    {
        PodWith("main");
        var log = api.Log("default", "p", "main").Write("one", "two");
        using var reader = new StreamReader(await client.CoreV1.ReadNamespacedPodLogAsync("p", "default", follow: true));
        Assert.Equal("one", await reader.ReadLineAsync());
        Assert.Equal("two", await reader.ReadLineAsync());
        var next = reader.ReadLineAsync();
        log.Write("three");
        Assert.Equal("three", await next);
        log.End();
        Assert.Null(await reader.ReadLineAsync());
        using var tail = new StreamReader(await client.CoreV1.ReadNamespacedPodLogAsync("p", "default", tailLines: 1));
        Assert.Equal("three\n", await tail.ReadToEndAsync());
    }

    [Fact]
    public async Task A_log_is_of_one_container_that_has_started()
    {
        PodWith("main", "side");
        Assert.Equal("a container name must be specified for pod p, choose one of: [main side]", (await Refusal.OfAsync(client.CoreV1.ReadNamespacedPodLogAsync("p", "default"))).Message);
        Assert.Equal("container other is not valid for pod p", (await Refusal.OfAsync(client.CoreV1.ReadNamespacedPodLogAsync("p", "default", container: "other"))).Message);
        Assert.Equal("container \"side\" in pod \"p\" is waiting to start: ContainerCreating", (await Refusal.OfAsync(client.CoreV1.ReadNamespacedPodLogAsync("p", "default", container: "side"))).Message);
        api.Log("default", "p", "side").Write("hello");
        using var reader = new StreamReader(await client.CoreV1.ReadNamespacedPodLogAsync("p", "default", container: "side"));
        Assert.Equal("hello\n", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task A_watch_is_answered_before_there_is_anything_to_tell()
    {
        var list = await client.CoreV1.ListNamespacedConfigMapAsync("default");
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", api.Token) } };
        var watch = new Uri($"{api.Url}/api/v1/namespaces/default/configmaps?watch=true&resourceVersion={list.Metadata.ResourceVersion}");
        using var answer = await http.GetAsync(watch, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(answer.IsSuccessStatusCode);
    }

    private void PodWith(params IEnumerable<string> containers) =>
        api.Put(new V1Pod { Metadata = Named("p"), Spec = new V1PodSpec { Containers = [.. containers.Select(name => new V1Container { Name = name })] } });

    private async Task<(List<string> Seen, List<Exception> Errors)> TellAsync(WatchOrder order)
    {
        await CreateAsync();
        var watching = WatchAsync(null);
        await api.WatchesOpenAsync();
        api.TellWatches(order);
        return await watching;
    }

    private async Task<(List<string> Seen, List<Exception> Errors)> WatchAsync(string? version, bool? bookmarks = null, int? seconds = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var (seen, errors) = (new List<string>(), new List<Exception>());
        await foreach (var (type, item) in client.CoreV1.WatchListNamespacedConfigMapAsync("default", resourceVersion: version, allowWatchBookmarks: bookmarks, timeoutSeconds: seconds, onError: errors.Add, cancellationToken: deadline.Token))
            seen.Add($"{type} {item.Metadata.Name}");
        return (seen, errors);
    }
}
