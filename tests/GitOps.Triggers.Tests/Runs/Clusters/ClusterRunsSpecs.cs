using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Runs.Clusters;

public sealed class ClusterRunsSpecs : IAsyncLifetime
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly TempFolder data = new();
    private readonly FakeTimeProvider time = new(Nine.AddSeconds(1));
    private ApiServer api = null!;
    private EnvironmentDefinition prod = null!;
    private V1CronJob cronJob = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiServer.StartAsync(time);
        api.Token = "let-me-in";
        prod = ClusterJobs.Prod(new ClusterAccess { Kubeconfig = api.KubeconfigFile() });
        cronJob = api.Put(ClusterJobs.CronJob(prod, "job"));
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task A_run_is_recorded_from_its_start_to_its_end()
    {
        await using var engine = await StartAsync();
        var job = Begin(Nine);
        var running = await engine.WaitAsync(job, RunState.Running);
        End(job, Nine);
        var ended = await engine.WaitAsync(job, RunState.Succeeded);

        Assert.Equal((RunOrigin.Schedule, Nine, Nine.AddSeconds(2), "node-1"), (running.Origin, running.ScheduledFor, running.StartedAt, running.Node));
        Assert.Equal((Nine.AddSeconds(30), 0, 1, "Completed"), (ended.FinishedAt, ended.ExitCode, ended.Attempt, ended.Reason));
        Assert.Equal(ClusterJobs.Image, ended.Image);
    }

    [Fact]
    public async Task Each_attempt_of_a_run_counts_and_has_its_log()
    {
        await using var engine = await StartAsync();
        var job = Begin(Nine);
        Log(job).Write("first").End();
        await engine.WaitAsync(job, RunState.Running);
        api.Put(ClusterJobs.Pod(job).Ended(Nine.AddSeconds(2), Nine.AddSeconds(3), exitCode: 3));
        var waiting = await engine.WaitAsync(job, run => run is { State: RunState.Pending, Attempt: 1, ExitCode: 3 });
        var second = ClusterJobs.Pod(job, 2);
        api.Log(second.Metadata.NamespaceProperty, second.Metadata.Name, GitOps.Triggers.Rendering.Pod.ContainerName).Write("second").End();
        api.Put(second.Running(Nine.AddSeconds(13)));
        await engine.WaitAsync(job, run => run is { State: RunState.Running, Attempt: 2, ExitCode: null });
        api.Put(ClusterJobs.Pod(job, 2).Ended(Nine.AddSeconds(13), Nine.AddSeconds(14), exitCode: 4));
        api.Change<V1Job>(job.Metadata.NamespaceProperty, job.Metadata.Name, one => one.Failed(Nine.AddSeconds(15), pods: 2));
        var ended = await engine.WaitAsync(job, RunState.Failed);
        await engine.UntilAsync(() => File.Exists(engine.LogOf(job, 2)));

        Assert.Equal("Error", waiting.Reason);
        Assert.Equal((2, 4, Nine.AddSeconds(2), Nine.AddSeconds(15)), (ended.Attempt, ended.ExitCode, ended.StartedAt, ended.FinishedAt));
        Assert.Equal(["first"], await File.ReadAllLinesAsync(engine.LogOf(job), TestContext.Current.CancellationToken));
        Assert.Equal(["second"], await File.ReadAllLinesAsync(engine.LogOf(job, 2), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_history_and_the_log_outlive_the_job()
    {
        await using var engine = await StartAsync();
        var job = Begin(Nine);
        Log(job).Write("hello", "the password is hunter2-hunter2", "\u001b[31mred");
        await engine.WaitAsync(job, RunState.Running);
        End(job, Nine);
        await engine.UntilAsync(() => File.Exists(engine.LogOf(job)));
        Remove(job);
        var later = Begin(Nine.AddMinutes(5));
        await engine.WaitAsync(later, RunState.Running);

        Assert.Equal(RunState.Succeeded, (await engine.WaitAsync(job, _ => true)).State);
        Assert.Equal(["hello", "the password is ***", "red"], await File.ReadAllLinesAsync(engine.LogOf(job), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Old_logs_go_as_the_history_limits_say()
    {
        cronJob = api.Put(ClusterJobs.CronJob(prod, "job", new RunSpec { SuccessfulHistory = 1 }));
        await using var engine = await StartAsync();
        var first = await RunAsync(engine, Nine);
        var second = await RunAsync(engine, Nine.AddMinutes(5));
        var third = await RunAsync(engine, Nine.AddMinutes(10));

        await engine.UntilAsync(() => !File.Exists(engine.LogOf(first)) && !File.Exists(engine.LogOf(second)));
        Assert.True(File.Exists(engine.LogOf(third)));
    }

    [Theory]
    [InlineData(nameof(WatchOrder.Gone))]
    [InlineData(nameof(WatchOrder.End))]
    [InlineData(nameof(WatchOrder.Cut))]
    [InlineData(nameof(WatchOrder.CutInLine))]
    [InlineData(nameof(WatchOrder.Bookmark))]
    public async Task Nothing_is_lost_whatever_becomes_of_a_watch(string order)
    {
        await using var engine = await StartAsync();
        var job = Begin(Nine);
        await engine.WaitAsync(job, RunState.Running);
        await api.WatchesOpenAsync(3);
        api.TellWatches(Enum.Parse<WatchOrder>(order));
        End(job, Nine);

        await engine.WaitAsync(job, RunState.Succeeded);
        Assert.Single(engine.Told, run => run.IsFinished);
    }

    [Fact]
    public async Task What_ended_is_told_once_however_often_it_is_seen()
    {
        V1Job job;
        await using (var engine = await StartAsync())
        {
            job = await RunAsync(engine, Nine);
            api.Change<V1Job>(job.Metadata.NamespaceProperty, job.Metadata.Name, one => one.Metadata.Labels["touched"] = "yes");
            await RunAsync(engine, Nine.AddMinutes(5));
            Assert.Single(engine.Told, run => run.Id.Value == job.Metadata.Name && run.IsFinished);
        }
        await using var again = await StartAsync();
        await RunAsync(again, Nine.AddMinutes(10));

        Assert.DoesNotContain(again.Told, run => run.Id.Value == job.Metadata.Name);
    }

    [Fact]
    public async Task What_ended_while_the_engine_was_down_is_recorded_at_its_start()
    {
        V1Job first;
        await using (var engine = await StartAsync())
        {
            first = Begin(Nine);
            await engine.WaitAsync(first, RunState.Running);
        }
        End(first, Nine);
        var second = Begin(Nine.AddMinutes(5));
        End(second, Nine.AddMinutes(5));
        await using var again = await StartAsync();

        await again.WaitAsync(first, RunState.Succeeded);
        await again.WaitAsync(second, RunState.Succeeded);
    }

    [Fact]
    public async Task Of_a_job_that_went_while_the_engine_was_down_is_told_what_is_known()
    {
        V1Job job;
        await using (var engine = await StartAsync())
        {
            job = Begin(Nine);
            await engine.WaitAsync(job, RunState.Running);
        }
        Remove(job);
        await using var again = await StartAsync();
        var ended = await again.WaitAsync(job, run => run.IsFinished);

        Assert.Equal((RunState.Failed, "ContainerStatusUnknown"), (ended.State, ended.Reason));
        Assert.Contains("how it ended is not known", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_is_deleted_while_it_goes_on_is_cancelled()
    {
        await using var engine = await StartAsync();
        var job = Begin(Nine);
        await engine.WaitAsync(job, RunState.Running);
        Remove(job);

        var ended = await engine.WaitAsync(job, RunState.Cancelled);
        Assert.Equal(("Deleted", "Somebody deleted its Job while it went on."), (ended.Reason, ended.Message));
    }

    [Fact]
    public async Task A_job_that_the_controller_replaced_is_told_from_one_that_somebody_deleted()
    {
        cronJob = api.Put(ClusterJobs.CronJob(prod, "job", new RunSpec { ConcurrencyPolicy = ConcurrencyPolicy.Replace }));
        await using var engine = await StartAsync();
        var job = Begin(Nine);
        await engine.WaitAsync(job, RunState.Running);
        time.SetUtcNow(Nine.AddMinutes(5));
        Remove(job);
        var next = Begin(Nine.AddMinutes(5));

        var ended = await engine.WaitAsync(job, RunState.Cancelled);
        await engine.WaitAsync(next, RunState.Running);
        Assert.Equal(("Replaced", "It still went on when the next one was due, and concurrencyPolicy is Replace."), (ended.Reason, ended.Message));
    }

    [Fact]
    public async Task A_run_whose_job_never_comes_is_given_up()
    {
        await using var engine = await StartAsync();
        var asked = ClusterJobs.Asked(cronJob, $"{cronJob.Metadata.Name}-now-bcdf24");
        var run = new RunRecord
        {
            Id = RunId.Parse(asked.Metadata.Name),
            Key = new TriggerKey(Jobs.Repository.Id, prod.Name, TriggerName.Parse("job")),
            Origin = RunOrigin.OnDemand,
            ScheduledFor = time.GetUtcNow(),
            State = RunState.Pending,
            Commit = Jobs.Commit,
            Image = ClusterJobs.Image,
        };
        await engine.Records.RecordAsync(run, TestContext.Current.CancellationToken);

        var ended = await engine.WaitAsync(asked, one => one.IsFinished);
        Assert.Equal((RunState.Failed, "NotCreated"), (ended.State, ended.Reason));
        Assert.True(ended.FinishedAt - ended.ScheduledFor >= TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_due_time_without_a_job_is_missed_until_one_comes()
    {
        await using var engine = await StartAsync();
        await engine.DeployAsync(cronJob, Nine.AddMinutes(-7));
        var late = ClusterJobs.Due(cronJob, Nine.AddMinutes(-5));
        var missed = await engine.WaitAsync(late, RunState.Missed);
        api.Put(late.Active());
        api.Put(ClusterJobs.Pod(late).Running(Nine.AddMinutes(2)));
        var ran = await engine.WaitAsync(late, RunState.Running);

        Assert.Equal("MissSchedule", missed.Reason);
        Assert.Equal(TimeSpan.FromMinutes(7), ran.StartDelay);
    }

    [Fact]
    public async Task An_engine_without_a_right_to_all_namespaces_looks_into_each_repositorys()
    {
        api.Fail(request => request.Namespace.Length == 0 && request.Verb == "GET", 403, times: 1_000);
        await using var engine = await StartAsync();

        await RunAsync(engine, Nine);
    }

    [Fact]
    public async Task A_cluster_that_is_away_delays_no_other_and_is_found_again()
    {
        await using var away = await ApiServer.StartAsync(time);
        away.Token = "let-me-in";
        var staging = ClusterJobs.Prod(new ClusterAccess { Kubeconfig = away.KubeconfigFile() }, "staging", "trg-{repository}-staging");
        away.Fail(_ => true, 500, times: 40, message: "the database is on fire");
        await using var engine = await ClusterRunsBench.StartAsync(data.Path, time, prod, staging);
        await RunAsync(engine, Nine);
        await engine.UntilAsync(() => engine.Logged.With("What happens on the cluster of staging is not seen at present, in all namespaces").Any());
        var there = ClusterJobs.Due(away.Put(ClusterJobs.CronJob(staging, "job")), Nine);
        away.Put(there.Active());
        away.Put(ClusterJobs.Pod(there).Running(Nine));

        await engine.WaitAsync(there, RunState.Running);
        Assert.Single(engine.Logged.With("What happens on the cluster of staging is not seen"), line => line.Contains("the database is on fire", StringComparison.Ordinal));
        Assert.Single(engine.Logged.With("What happens on the cluster of staging is seen again"));
    }

    [Fact]
    public async Task A_cluster_of_which_one_kind_cannot_be_listed_is_not_seen_again()
    {
        api.Fail(request => request is { Verb: "GET", Resource: "pods" }, 500, times: 40, message: "the database is on fire");
        await using var engine = await StartAsync();
        await RunAsync(engine, Nine);

        Assert.Single(engine.Logged.With("What happens on the cluster of prod is not seen"));
        Assert.Single(engine.Logged.With("What happens on the cluster of prod is seen again"));
        Assert.Equal([false, true], engine.Sights.Distinct());
    }

    [Fact]
    public async Task A_job_in_a_namespace_that_is_not_its_repositorys_is_not_believed()
    {
        await using var engine = await StartAsync();
        var forged = ClusterJobs.Due(cronJob, Nine);
        forged.Metadata.NamespaceProperty = "elsewhere";
        api.Put(forged.Complete(Nine));
        await RunAsync(engine, Nine.AddMinutes(5));

        Assert.Null(await engine.Records.FindAsync(RunId.Parse(forged.Metadata.Name), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_cron_job_in_a_namespace_that_is_not_its_repositorys_is_not_believed()
    {
        V1Job job;
        await using (var engine = await StartAsync())
        {
            job = Begin(Nine);
            await engine.WaitAsync(job, RunState.Running);
        }
        Remove(job);
        var forged = ClusterJobs.CronJob(prod, "job");
        // Listed behind the real one.
        forged.Metadata.NamespaceProperty = "zz-elsewhere";
        forged.Status = new V1CronJobStatus { LastScheduleTime = Nine.UtcDateTime, LastSuccessfulTime = Nine.AddSeconds(30).UtcDateTime };
        api.Put(forged);
        await using var again = await StartAsync();
        var ended = await again.WaitAsync(job, run => run.IsFinished);

        Assert.Equal(RunState.Failed, ended.State);
    }

    private Task<ClusterRunsBench> StartAsync() => ClusterRunsBench.StartAsync(data.Path, time, prod);

    private async Task<V1Job> RunAsync(ClusterRunsBench engine, DateTimeOffset due)
    {
        var job = Begin(due);
        Log(job).Write("hello");
        await engine.WaitAsync(job, RunState.Running);
        End(job, due);
        await engine.WaitAsync(job, RunState.Succeeded);
        await engine.UntilAsync(() => File.Exists(engine.LogOf(job)));
        return job;
    }

    private V1Job Begin(DateTimeOffset due)
    {
        var job = api.Put(ClusterJobs.Due(cronJob, due).Active());
        api.Put(ClusterJobs.Pod(job).Running(due.AddSeconds(2)));
        return job;
    }

    private void End(V1Job job, DateTimeOffset due)
    {
        Log(job).End();
        api.Put(ClusterJobs.Pod(job).Ended(due.AddSeconds(2), due.AddSeconds(29)));
        api.Change<V1Job>(job.Metadata.NamespaceProperty, job.Metadata.Name, one => one.Complete(due.AddSeconds(30)));
    }

    private void Remove(V1Job job)
    {
        api.Delete<V1Pod>(job.Metadata.NamespaceProperty, ClusterJobs.Pod(job).Metadata.Name);
        api.Delete<V1Job>(job.Metadata.NamespaceProperty, job.Metadata.Name);
    }

    private PodLog Log(V1Job job) => api.Log(job.Metadata.NamespaceProperty, ClusterJobs.Pod(job).Metadata.Name, GitOps.Triggers.Rendering.Pod.ContainerName);
}
