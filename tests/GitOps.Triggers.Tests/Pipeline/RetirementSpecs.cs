using GitOps.Triggers.Clusters;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Intake;
using GitOps.Triggers.Tests.Runs;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

public sealed class RetirementSpecs : IAsyncLifetime
{
    private static readonly TriggerName Job = TriggerName.Parse("job");
    private readonly List<PassRecord> told = [];
    private IntakeEngine engine = null!;
    private LocalCronJobStore cronJobs = null!;
    private LocalTarget target = null!;
    private DeploymentStore deployments = null!;
    private PlaceStore places = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        engine = await IntakeEngine.StartAsync();
        engine.Events.Subscribe(happened => told.AddRange(new[] { happened }.OfType<EngineEvent.PassFinished>().Select(finished => finished.Pass)));
        cronJobs = new LocalCronJobStore(engine.Database);
        deployments = new DeploymentStore(engine.Database, TimeProvider.System);
        places = new PlaceStore(engine.Database);
        target = new LocalTarget(cronJobs, new RunStore(engine.Database), engine.Events, engine.Time, engine.Configuration);
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task What_is_served_is_left_to_its_ordinary_pass() =>
        Assert.Null(await Retirement(engine.Configuration).ExecuteAsync(engine.Key("dev"), Cancelled));

    [Fact]
    public async Task What_a_repository_left_is_suspended_and_told_of_and_nothing_of_it_is_forgotten()
    {
        var key = await DeployAsync("dev");
        await engine.Repositories.SyncAsync([], Cancelled);

        Assert.Equal(new WorkResult.Completed(), await Retirement(engine.Configuration).ExecuteAsync(key.Work, Cancelled));

        var standing = CronJobJson.ReadCronJob((await cronJobs.FindAsync(key, Cancelled))!.Spec);
        Assert.Equal((true, "no longer connected"), (standing.Spec.Suspend, standing.Metadata.Annotations[Annotations.Suspended]));
        Assert.Equal((PassOutcome.Retired, "no longer connected; suspended"), (Assert.Single(told).Outcome, told[0].Message));
        var row = Assert.Single(await new FleetQuery(engine.Database).ReadAsync(Cancelled));
        Assert.Equal(("jobs", TriggerState.Suspended, "no longer connected; suspended"), (row.RepositoryName, row.Status!.State, row.Status.Message));
        Assert.Null(row.Next(engine.Time.GetUtcNow()));
        Assert.False(row.Deployment!.Pruned);
    }

    [Fact]
    public async Task What_stands_in_an_environment_that_left_is_suspended_too()
    {
        var key = await DeployAsync("prod");
        var without = engine.Configuration with { Environments = [engine.Configuration.Environments[0]] };

        await Retirement(without).ExecuteAsync(key.Work, Cancelled);

        Assert.True(CronJobJson.ReadCronJob((await cronJobs.FindAsync(key, Cancelled))!.Spec).Spec.Suspend);
        Assert.Equal("its environment is no longer in engine.yaml; suspended", Assert.Single(told).Message);
    }

    [Fact]
    public async Task What_stands_on_a_cluster_whose_environment_left_is_suspended_there()
    {
        await using var api = await ApiServer.StartAsync();
        api.Token = "engine";
        var key = await DeployAsync("prod", new Place { Cluster = new ClusterAccess { Kubeconfig = api.KubeconfigFile() }, Namespace = "trg-jobs-prod" });
        var standing = Jobs.Render("job", Jobs.NoImage, schedule: "0 9 * * *");
        standing.Metadata.Labels = OwnershipLabels.Of(key);
        api.Put(standing);
        var without = engine.Configuration with { Environments = [engine.Configuration.Environments[0]] };

        await Retirement(without).ExecuteAsync(key.Work, Cancelled);

        Assert.True(Assert.Single(api.Objects<V1CronJob>()).Spec.Suspend);
        Assert.Equal("its environment is no longer in engine.yaml; suspended", Assert.Single(told).Message);
    }

    [Fact]
    public async Task What_stands_on_a_cluster_that_no_way_leads_to_any_more_is_not_said_to_be_still()
    {
        var key = await DeployAsync("prod", new Place { Cluster = new ClusterAccess { Kubeconfig = "/no/such/kubeconfig" }, Namespace = "trg-jobs-prod" });
        var without = engine.Configuration with { Environments = [engine.Configuration.Environments[0]] };

        Assert.Equal(new WorkResult.Completed(), await Retirement(without).ExecuteAsync(key.Work, Cancelled));

        // Not as one that is done with: it is looked at again at each start.
        Assert.Equal(PassOutcome.Rejected, Assert.Single(told).Outcome);
        Assert.Contains("cannot be suspended: job may still stand in the namespace trg-jobs-prod of the cluster of /no/such/kubeconfig, which is out of this engine's reach", told[0].Message, StringComparison.Ordinal);
        var row = Assert.Single(await new FleetQuery(engine.Database).ReadAsync(Cancelled));
        Assert.Equal(TriggerState.Rejected, row.Status!.State);
        Assert.Contains("kubectl -n trg-jobs-prod delete cronjob", row.Status.Message, StringComparison.Ordinal);
        Assert.Null(row.Deployment!.StandsStill);
    }

    [Fact]
    public async Task What_is_to_be_taken_down_is_and_its_history_stays()
    {
        await engine.Repositories.SyncAsync([], Cancelled);
        await engine.Repositories.ConnectAsync(engine.Configuration.Repositories[0], Cancelled);
        var key = await DeployAsync("dev");
        await engine.Repositories.DisconnectAsync("jobs", takeDown: true, Cancelled);

        await Retirement(engine.Configuration).ExecuteAsync(key.Work, Cancelled);

        Assert.Null(await cronJobs.FindAsync(key, Cancelled));
        Assert.Equal("no longer connected; taken down", Assert.Single(told).Message);
        Assert.Empty(await new FleetQuery(engine.Database).ReadAsync(Cancelled));
        Assert.True(Assert.Single(await deployments.HistoryAsync(key.Work, Cancelled)).Pruned);
    }

    [Fact]
    public async Task What_its_target_refuses_to_take_down_is_not_forgotten_but_tried_again()
    {
        await engine.Repositories.SyncAsync([], Cancelled);
        await engine.Repositories.ConnectAsync(engine.Configuration.Repositories[0], Cancelled);
        var key = await DeployAsync("dev");
        await engine.Repositories.DisconnectAsync("jobs", takeDown: true, Cancelled);

        var result = await Retirement(engine.Configuration, new RefusingTarget()).ExecuteAsync(key.Work, Cancelled);

        Assert.Equal(new WorkResult.RetryAfter(null, "it belongs to somebody else"), result);
        Assert.Equal(PassOutcome.Retry, Assert.Single(told).Outcome);
        var row = Assert.Single(await new FleetQuery(engine.Database).ReadAsync(Cancelled));
        Assert.Equal((TriggerState.Retrying, "no longer connected, and not taken down yet: it belongs to somebody else"), (row.Status!.State, row.Status.Message));
        Assert.False(Assert.Single(await deployments.HistoryAsync(key.Work, Cancelled)).Pruned);
    }

    [Fact]
    public async Task What_one_target_refuses_keeps_no_other_trigger_running()
    {
        await using var api = await ApiServer.StartAsync();
        api.Token = "engine";
        api.Fail(_ => true, 503, times: 100);
        var away = await DeployAsync("prod", new Place { Cluster = new ClusterAccess { Kubeconfig = api.KubeconfigFile() }, Namespace = "trg-jobs-prod" });
        var here = await DeployAsync("prod", name: "other");
        var without = engine.Configuration with { Environments = [engine.Configuration.Environments[0]] };

        Assert.IsType<WorkResult.RetryAfter>(await Retirement(without).ExecuteAsync(away.Work, Cancelled));

        Assert.True(CronJobJson.ReadCronJob((await cronJobs.FindAsync(here, Cancelled))!.Spec).Spec.Suspend);
    }

    [Fact]
    public async Task What_an_engine_put_there_before_it_was_killed_is_taken_down_though_it_is_no_release()
    {
        var key = new TriggerKey(engine.Repository, EnvironmentName.Parse("dev"), Job);
        await target.ApplyAsync(key, Jobs.Render("job", Jobs.NoImage, schedule: "0 9 * * *"), Cancelled);
        await places.NoteAsync(key, Place.ThisMachine, Cancelled);
        await engine.Repositories.SyncAsync([], Cancelled);

        Assert.Equal(new WorkResult.Completed(), await Retirement(engine.Configuration).ExecuteAsync(key.Work, Cancelled));

        Assert.Null(await cronJobs.FindAsync(key, Cancelled));
        Assert.Empty(await places.StandingAsync(key.Work, Cancelled));
    }

    [Fact]
    public async Task What_was_refused_before_it_left_is_no_longer_shown()
    {
        var key = new TriggerKey(engine.Repository, EnvironmentName.Parse("dev"), Job);
        await engine.Statuses.SetAsync(new TriggerStatus { Key = key, Commit = Jobs.Commit, State = TriggerState.Rejected, Message = "refused", At = default }, Cancelled);
        await engine.Repositories.SyncAsync([], Cancelled);

        await Retirement(engine.Configuration).ExecuteAsync(key.Work, Cancelled);

        Assert.Equal("no longer connected", Assert.Single(told).Message);
        Assert.Empty(await new FleetQuery(engine.Database).ReadAsync(Cancelled));
    }

    private Retirement Retirement(EngineConfiguration configuration, ITarget? other = null)
    {
        var targets = new Targets(configuration, other ?? target, NoClusters(configuration));
        return new(
            new ServedKeys(engine.Repositories, configuration),
            engine.Repositories,
            targets,
            new FormerPlaces(targets, places, new RunStore(engine.Database), engine.Events, engine.Time),
            deployments,
            places,
            new Conclusion(engine.Statuses, engine.Events, engine.Time, NullLogger<Conclusion>.Instance));
    }

    private KubernetesTargets NoClusters(EngineConfiguration configuration)
    {
        var runs = new RunStore(engine.Database);
        var clusters = new ClusterDirectory(engine.Time);
        return new(
            new KubernetesEnvironments(configuration, clusters, engine.Repositories, engine.Time),
            clusters,
            new Inventory(deployments),
            new OnDemandRuns(runs, engine.Events, engine.Time),
            new ClusterLogs(runs, SecretMask.None, configuration, engine.Time),
            engine.Time);
    }

    private async Task<TriggerKey> DeployAsync(string environment, Place? place = null, string name = "job")
    {
        var key = new TriggerKey(engine.Repository, EnvironmentName.Parse(environment), TriggerName.Parse(name));
        var cronJob = Jobs.Render(name, Jobs.NoImage, schedule: "0 9 * * *");
        await target.ApplyAsync(key, cronJob, Cancelled);
        await places.NoteAsync(key, place ?? Place.ThisMachine, Cancelled);
        await deployments.AddAsync(
            new DeploymentRecord
            {
                Key = key,
                Commit = Jobs.Commit,
                Hash = InputHash.Parse(new string('a', 64)),
                Image = Jobs.NoImage,
                Settings = SettingsFingerprint.Parse(new string('b', 64)),
                Kind = DeploymentKind.Built,
                DeployedAt = engine.Time.GetUtcNow(),
                Place = place ?? Place.ThisMachine,
                Schedule = "0 9 * * *",
                TimeZone = "Etc/UTC",
                Rendered = RenderedYaml.Write(cronJob),
            },
            Cancelled);
        return key;
    }
}
