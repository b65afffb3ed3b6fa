using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Deployment;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>An operator gives an environment another place: another namespace, another cluster, a cluster in this machine's stead.</summary>
public sealed class MovedEnvironmentSpecs : IAsyncLifetime
{
    private static readonly ImageReference Image = ImageReference.Parse("registry.example.com/jobs@sha256:" + new string('0', 64));
    private ApiServer former = null!;
    private ApiServer other = null!;
    private TargetBench bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        former = await ApiServer.StartAsync();
        other = await ApiServer.StartAsync();
        former.Token = other.Token = "engine";
        bench = await TargetBench.StartAsync(former.KubeconfigFile());
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await former.DisposeAsync();
        await other.DisposeAsync();
    }

    [Fact]
    public async Task In_another_namespace_it_never_stands_twice()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        bench.Restart(bench.Settings with { Namespace = "other-{repository}" });

        var outcome = await ExecuteAsync(Moved);

        Assert.Equal("other-jobs", Assert.Single(former.Objects<V1CronJob>()).Metadata.NamespaceProperty);
        List<string> writes = [.. former.Requests.Where(request => request.Resource == "cronjobs" && request.Verb is not "GET" && !request.IsDryRun).Select(request => $"{request.Verb} {request.Namespace}").Distinct()];
        Assert.Equal(["PATCH kt2-jobs-prod", "DELETE kt2-jobs-prod", "PATCH other-jobs"], writes);
        Assert.StartsWith("moved to the namespace other-jobs of the cluster of ", outcome.Status!.Message, StringComparison.Ordinal);
        Assert.Equal("other-jobs", (await bench.Deployments.NewestAsync(TargetBench.Key("job"), Ct))!.Place.Namespace);
    }

    [Fact]
    public async Task On_another_cluster_it_is_not_started_before_the_former_one_has_let_it_go()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        Move();
        former.Fail(request => request.Verb == "DELETE", 500, times: 4);

        Assert.Equal(TriggerState.Retrying, (await ExecuteAsync(Moved)).Status!.State);
        Assert.Single(former.Objects<V1CronJob>());
        Assert.Empty(other.Objects<V1CronJob>());

        Assert.Equal(TriggerState.Deployed, (await ExecuteAsync(Moved)).Status!.State);
        Assert.Empty(former.Objects<V1CronJob>());
        Assert.Single(other.Objects<V1CronJob>());
    }

    [Theory]
    [InlineData(403)]
    [InlineData(422)]
    public async Task It_goes_on_where_it_stands_while_the_other_cluster_would_not_take_it(int refusal)
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        Move();
        other.Fail(request => request is { IsApply: true, Resource: "cronjobs" }, refusal, message: "not here");

        var status = (await ExecuteAsync(Moved)).Status!;

        Assert.NotEqual(TriggerState.Deployed, status.State);
        Assert.Contains("not here", status.Message, StringComparison.Ordinal);
        Assert.False(Assert.Single(former.Objects<V1CronJob>()).Spec.Suspend);
        Assert.Single(await bench.Places.OfAsync(TargetBench.Key("job"), Ct));

        Assert.Equal(TriggerState.Deployed, (await ExecuteAsync(Moved)).Status!.State);
        Assert.Empty(former.Objects<V1CronJob>());
    }

    [Fact]
    public async Task It_goes_on_where_it_stands_while_somebody_else_has_its_name_there()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        var foreign = bench.Render("job");
        foreign.Metadata.Labels = new Dictionary<string, string> { ["app"] = "other" };
        other.Put(foreign);
        Move();

        Assert.Equal(TriggerState.Rejected, (await ExecuteAsync(Moved)).Status!.State);
        Assert.Single(former.Objects<V1CronJob>());
    }

    [Fact]
    public async Task A_cluster_whose_kubeconfig_is_gone_holds_nothing_up_and_what_stays_there_is_told()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        var kubeconfig = bench.Settings.Access.Kubeconfig!;
        Move();
        File.Delete(kubeconfig);

        var status = (await ExecuteAsync(Moved)).Status!;

        Assert.Equal(TriggerState.Deployed, status.State);
        Assert.Contains("out of this engine's reach", status.Message, StringComparison.Ordinal);
        Assert.Contains("kubectl -n kt2-jobs-prod delete cronjob -l triggers.gitops/trigger=job", status.Message, StringComparison.Ordinal);
        Assert.Single(other.Objects<V1CronJob>());

        // And in every pass after that one, until the place can be looked at.
        Assert.Contains("out of this engine's reach", (await KeepAsync()).Message, StringComparison.Ordinal);
        former.KubeconfigFile();
        Assert.Equal("up to date", (await KeepAsync()).Message);
        Assert.Empty(former.Objects<V1CronJob>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_left_the_branch_is_told_of_until_the_place_where_it_may_stand_can_be_looked_at(bool released)
    {
        if (released)
            await bench.ApplyAsync("job", bench.Render("job"));
        else
            await bench.Places.NoteAsync(TargetBench.Key("job"), new Place { Cluster = bench.Settings.Access, Namespace = bench.Space }, Ct);
        var kubeconfig = bench.Settings.Access.Kubeconfig!;
        Move();
        File.Delete(kubeconfig);
        PlanItem gone = released ? new PlanItem.Prune((await bench.Deployments.NewestAsync(TargetBench.Key("job"), Ct))!) : new PlanItem.Clear(TargetBench.Key("job").Trigger);

        for (var pass = 0; pass < 2; pass++)
        {
            var told = await ExecuteAsync(gone);
            Assert.Equal((TriggerState.Rejected, false), (told.Status!.State, told.Changed));
            Assert.Contains("kubectl -n kt2-jobs-prod delete cronjob -l triggers.gitops/trigger=job", told.Status.Findings[0].Fix, StringComparison.Ordinal);
        }
        Assert.Single(await bench.Places.OfAsync(TargetBench.Key("job"), Ct));

        former.KubeconfigFile();
        Assert.Equal((null, true), (await ExecuteAsync(gone) is var done ? (done.Status, done.Changed) : default));
        Assert.Empty(former.Objects<V1CronJob>());
        Assert.Empty(await bench.Places.OfAsync(TargetBench.Key("job"), Ct));
        Assert.NotEqual(false, (await bench.Deployments.NewestAsync(TargetBench.Key("job"), Ct))?.Pruned);
    }

    [Fact]
    public async Task A_kubeconfig_that_cannot_be_read_at_present_is_no_cluster_that_was_given_up()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        await File.WriteAllTextAsync(bench.Settings.Access.Kubeconfig!, "apiVersion: v1\nclusters: [", Ct);
        Move();

        Assert.Equal(TriggerState.Retrying, (await ExecuteAsync(Moved)).Status!.State);
        Assert.Empty(other.Objects<V1CronJob>());
    }

    [Fact]
    public async Task What_an_engine_put_at_a_place_just_before_it_was_killed_is_taken_down_when_it_is_to_stand_elsewhere()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        var settings = bench.Settings;
        Move();
        await bench.Places.NoteAsync(TargetBench.Key("job"), new Place { Cluster = bench.Settings.Access, Namespace = bench.Space }, Ct);
        await bench.TryAsync("job", bench.Render("job"));
        bench.Restart(settings);

        await KeepAsync();

        Assert.Empty(other.Objects<V1CronJob>());
        Assert.Single(former.Objects<V1CronJob>());
    }

    [Fact]
    public async Task A_run_that_goes_on_at_a_place_that_is_no_longer_watched_is_not_left_open()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        var run = new RunRecord { Id = RunId.Parse("job-1"), Key = TargetBench.Key("job"), Origin = RunOrigin.Schedule, ScheduledFor = DateTimeOffset.UtcNow, State = RunState.Running, Attempt = 1, Commit = CommitSha.Parse(new string('c', 40)), Image = Image };
        await bench.Runs.RecordAsync([run], Ct);
        Move();

        await ExecuteAsync(Moved);

        var ended = (await bench.Runs.FindAsync(run.Id, Ct))!;
        Assert.Equal((RunState.Failed, "ContainerStatusUnknown"), (ended.State, ended.Reason));
        Assert.StartsWith("It went on in the namespace kt2-jobs-prod of", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_that_waits_for_a_time_waits_for_it_whatever_became_of_the_former_cluster()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        var kubeconfig = bench.Settings.Access.Kubeconfig!;
        Move();
        File.Delete(kubeconfig);
        var current = (await bench.Deployments.NewestAsync(TargetBench.Key("job"), Ct))!;

        var status = (await ExecuteAsync(new PlanItem.Hold(current.Trigger, "prod is frozen", DateTimeOffset.MaxValue, current))).Status!;

        Assert.Equal((TriggerState.Held, DateTimeOffset.MaxValue), (status.State, status.Until));
        Assert.Single(status.Findings);
    }

    [Fact]
    public async Task Until_it_may_move_it_is_kept_free_of_drift_where_it_stands()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        former.Change<V1CronJob>(bench.Space, CronJobName.Of(TargetBench.Key("job")), job => job.Spec.Schedule = "1 1 * * *");
        Move();

        var current = (await bench.Deployments.NewestAsync(TargetBench.Key("job"), Ct))!;
        await ExecuteAsync(new PlanItem.Hold(current.Trigger, "prod is frozen", null, current));

        Assert.Equal("0 9 * * *", Assert.Single(former.Objects<V1CronJob>()).Spec.Schedule);
        Assert.Empty(other.Objects<V1CronJob>());
    }

    /// <summary>The engine was killed when it had put the job there and not recorded it: what holds, refuses or suspends it then finds it there too.</summary>
    [Theory]
    [Threat(34)]
    [InlineData("hold")]
    [InlineData("reject")]
    [InlineData("suspend")]
    public async Task A_move_that_was_cut_short_and_must_wait_leaves_one_job_and_is_made_up_for(string waits)
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        Move();
        await CutShortAsync();
        var current = (await bench.Deployments.NewestAsync(TargetBench.Key("job"), Ct))!;

        await ExecuteAsync(waits switch
        {
            "hold" => new PlanItem.Hold(current.Trigger, "prod is frozen", null, current),
            "reject" => new PlanItem.Reject(current.Trigger, new Finding { File = "trigger.yaml", Message = "It was never built.", Fix = "Push." }, current),
            _ => new PlanItem.Suspend(current, "the branch 'prod' no longer exists"),
        });

        Assert.Equal(waits == "suspend", Assert.Single(former.Objects<V1CronJob>()).Spec.Suspend ?? false);
        Assert.Empty(other.Objects<V1CronJob>());
        Assert.Equal(TriggerState.Deployed, (await ExecuteAsync(Moved)).Status!.State);
        Assert.Empty(former.Objects<V1CronJob>());
        Assert.Single(other.Objects<V1CronJob>());
    }

    [Fact]
    public async Task Where_a_move_was_cut_short_it_comes_back_only_when_it_is_gone_from_there()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        Move();
        await CutShortAsync();
        other.Fail(request => request.Verb == "DELETE", 500, times: 4);
        var current = (await bench.Deployments.NewestAsync(TargetBench.Key("job"), Ct))!;

        var outcome = await ExecuteAsync(new PlanItem.Hold(current.Trigger, "prod is frozen", null, current));

        Assert.Equal(TriggerState.Retrying, outcome.Status!.State);
        Assert.Empty(former.Objects<V1CronJob>());
        Assert.Single(other.Objects<V1CronJob>());
    }

    [Fact]
    public async Task From_this_machine_to_a_cluster_its_clock_here_stops_first()
    {
        await Local.ApplyAsync(TargetBench.Key("job"), bench.Render("job"), Ct);
        await bench.RecordAsync("job", bench.Render("job"), Place.ThisMachine);

        Assert.Equal(TriggerState.Deployed, (await ExecuteAsync(Moved)).Status!.State);

        Assert.Null(await new LocalCronJobStore(bench.Database).FindAsync(TargetBench.Key("job"), Ct));
        Assert.Single(former.Objects<V1CronJob>());
    }

    /// <summary>As a release does it, up to where it is recorded.</summary>
    private async Task CutShortAsync()
    {
        var key = TargetBench.Key("job");
        await bench.Places.NoteAsync(key, new Place { Cluster = bench.Settings.Access, Namespace = bench.Space }, Ct);
        await bench.Places.ForgetAsync(key, (await bench.Deployments.NewestAsync(key, Ct))!.Place, Ct);
        former.Delete<V1CronJob>(bench.Space, CronJobName.Of(key));
        await bench.TryAsync("job", bench.Render("job"));
    }

    private PlanItem.Deploy Moved => new(bench.Candidate("job"), Image, DeploymentKind.Moved, BuildId: null);

    private async Task<TriggerStatus> KeepAsync() =>
        (await ExecuteAsync(new PlanItem.Keep(bench.Candidate("job"), (await bench.Deployments.NewestAsync(TargetBench.Key("job"), Ct))!))).Status!;

    private LocalTarget Local => new(new LocalCronJobStore(bench.Database), bench.Runs, new EventHub(), TimeProvider.System, bench.Configuration);

    private void Move() => bench.Restart(bench.Settings with { Access = new ClusterAccess { Kubeconfig = other.KubeconfigFile() } });

    private Task<DeployOutcome> ExecuteAsync(PlanItem item) => bench.ExecuteAsync(item, Local);
}
