using System.Threading.Channels;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Deployment;

public sealed class DriftFeedSpecs : IAsyncLifetime
{
    private const int Fleet = 200;

    private readonly CancellationTokenSource stopping = new();
    private ChannelReader<IReadOnlyList<WorkKey>> drifted = null!;
    private ApiServer api = null!;
    private TargetBench bench = null!;
    private Task watching = Task.CompletedTask;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await ApiServer.StartAsync();
        api.Token = "engine";
        bench = await TargetBench.StartAsync(api.KubeconfigFile());
        var settings = new RepositorySettings { Name = TargetBench.Repository.Name, Url = TargetBench.Repository.Url };
        Assert.Empty(await bench.Repositories.SyncAsync([settings], Ct));
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
        bench.Dispose();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task A_change_by_somebody_else_is_told_and_the_engines_own_writes_and_a_new_status_are_not()
    {
        await WatchAsync();
        await bench.ApplyAsync("job", bench.Render("job"));
        await bench.ApplyAsync("job", bench.Render("job", "0 10 * * *"));
        Change(job => job.Status = new V1CronJobStatus { LastScheduleTime = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc) });
        Change(job => job.Spec.Suspend = true);

        Assert.Equal([TargetBench.Key("job").Work], await NextAsync());
        await bench.ApplyAsync("job", bench.Render("job", "0 10 * * *"));
        Assert.False(Assert.Single(api.Objects<V1CronJob>()).Spec.Suspend);
        Change(job => job.Metadata.Annotations["triggers.gitops/commit"] = "another");
        Assert.Equal([TargetBench.Key("job").Work], await NextAsync());
        Assert.False(drifted.TryRead(out _));
    }

    [Fact]
    public async Task A_CronJob_that_is_deleted_is_told_unless_the_engine_did_it()
    {
        await WatchAsync();
        await bench.ApplyAsync("job", bench.Render("job"));
        await bench.ApplyAsync("other", bench.Render("other"));
        await bench.Target.PruneAsync(TargetBench.Key("other"), Ct);
        api.Delete<V1CronJob>(bench.Space, bench.Render("job").Metadata.Name);

        Assert.Equal([TargetBench.Key("job").Work], await NextAsync());
        Assert.False(drifted.TryRead(out _));
    }

    [Fact]
    public async Task What_happened_while_nobody_watched_is_found_by_the_list()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        api.Delete<V1CronJob>(bench.Space, bench.Render("job").Metadata.Name);

        await WatchAsync();

        Assert.Equal([TargetBench.Key("job").Work], await NextAsync());
    }

    [Fact]
    public async Task Without_the_right_to_all_namespaces_each_repositorys_own_is_watched()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        api.Fail(request => request is { Resource: "cronjobs", Namespace: "", Verb: "GET" }, 403, times: 100);
        await WatchAsync();
        Change(job => job.Spec.Suspend = true);

        Assert.Equal([TargetBench.Key("job").Work], await NextAsync());
    }

    [Fact]
    public async Task An_unchanged_fleet_costs_one_question_each_without_a_watch_and_none_with_it()
    {
        var jobs = Enumerable.Range(0, Fleet).Select(i => (Name: $"job-{i}", Job: bench.Render($"job-{i}"))).ToList();
        await ApplyAllAsync();
        api.Requests.Clear();
        await ApplyAllAsync();
        Assert.All(api.Requests, request => Assert.Equal("GET", request.Verb));
        Assert.Equal(Fleet, api.Requests.Count);

        await WatchAsync();
        api.Requests.Clear();
        await ApplyAllAsync();

        Assert.Empty(api.Requests);

        async Task ApplyAllAsync() => await Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct }, async (one, _) =>
            TargetBench.Done(await bench.TryAsync(one.Name, one.Job)));
    }

    private async Task WatchAsync()
    {
        drifted = new DriftFeed(bench.Environment).Drifted;
        watching = bench.Environment.Feed.RunAsync(stopping.Token);
        await api.WatchesOpenAsync(3);
    }

    private void Change(Action<V1CronJob> change) => api.Change(bench.Space, bench.Render("job").Metadata.Name, change);

    private async Task<IReadOnlyList<WorkKey>> NextAsync() => await drifted.ReadAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Ct);
}
