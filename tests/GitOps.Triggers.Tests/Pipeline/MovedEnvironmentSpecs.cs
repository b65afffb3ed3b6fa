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
        List<string> writes = [.. former.Requests.Where(request => request.Resource == "cronjobs" && request.Verb is not "GET").Select(request => $"{request.Verb} {request.Namespace}").Distinct()];
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

    [Fact]
    public async Task From_this_machine_to_a_cluster_its_clock_here_stops_first()
    {
        await Local.ApplyAsync(TargetBench.Key("job"), bench.Render("job"), Ct);
        await bench.Deployments.AddAsync((await bench.RecordAsync("job", bench.Render("job"))) with { Id = 0, Place = Place.ThisMachine }, Ct);

        Assert.Equal(TriggerState.Deployed, (await ExecuteAsync(Moved)).Status!.State);

        Assert.Null(await new LocalCronJobStore(bench.Database).FindAsync(TargetBench.Key("job"), Ct));
        Assert.Single(former.Objects<V1CronJob>());
    }

    private PlanItem.Deploy Moved => new(bench.Candidate("job"), Image, DeploymentKind.Moved, BuildId: null);

    private LocalTarget Local => new(new LocalCronJobStore(bench.Database), bench.Runs, new EventHub(), TimeProvider.System, bench.Configuration);

    private void Move() => bench.Restart(bench.Settings with { Access = new ClusterAccess { Kubeconfig = other.KubeconfigFile() } });

    private Task<DeployOutcome> ExecuteAsync(PlanItem item) => bench.ExecuteAsync(item, Local);
}
