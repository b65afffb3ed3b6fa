using GitOps.Triggers.Clusters;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Deployment;

/// <summary>A Kubernetes target with a database of its own, on whatever cluster a kubeconfig names.</summary>
internal sealed class TargetBench : IDisposable
{
    private readonly TempFolder data = new();
    private readonly ClusterDirectory clusters = new(TimeProvider.System);

    private TargetBench(string kubeconfig, Database database, TargetSettings.Kubernetes settings)
    {
        Deployments = new DeploymentStore(database, TimeProvider.System);
        Pauses = new PauseStore(database);
        Runs = new RunStore(database);
        Database = database;
        Repositories = new RepositoryStore(database, TimeProvider.System);
        Places = new PlaceStore(database);
        Restart(settings with { Access = new ClusterAccess { Kubeconfig = kubeconfig } });
    }

    public Database Database { get; }

    public RepositoryStore Repositories { get; }

    public PlaceStore Places { get; }

    public TargetSettings.Kubernetes Settings { get; private set; } = null!;

    public EnvironmentDefinition Definition { get; private set; } = null!;

    public EngineConfiguration Configuration { get; private set; } = null!;

    public RunStore Runs { get; }

    public DeploymentStore Deployments { get; }

    public PauseStore Pauses { get; }

    public KubernetesEnvironment Environment { get; private set; } = null!;

    public KubernetesTargets Targets { get; private set; } = null!;

    public ITarget Target { get; private set; } = null!;

    public static Repository Repository { get; } = new() { Id = RepositoryId.Parse("github-42"), Name = "jobs", Url = RepositoryUrl.Parse("https://git.example/acme/jobs.git") };

    public string Space => TargetNamespace.Of(Definition, Repository);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TargetBench> StartAsync(string kubeconfig, TargetSettings.Kubernetes? settings = null)
    {
        var data = new TempFolder();
        var database = new Database(data.Path);
        await database.OpenAsync(Ct);
        return new TargetBench(kubeconfig, database, settings ?? new TargetSettings.Kubernetes { Namespace = "kt2-{repository}-prod", CreateNamespaces = true });
    }

    /// <summary>Another engine on the same database and cluster: nothing is in memory.</summary>
    public void Restart() => Restart(Settings);

    /// <summary>The same, after the operator gave the environment another target.</summary>
    public void Restart(TargetSettings.Kubernetes settings)
    {
        Settings = settings;
        Definition = new EnvironmentDefinition { Name = EnvironmentName.Parse("prod"), Branch = BranchName.Parse("prod"), Target = Settings };
        Configuration = new EngineConfiguration { DataFolder = data.Path, Environments = [Definition] };
        var environments = new KubernetesEnvironments(Configuration, clusters, Repositories, TimeProvider.System);
        Environment = environments.All[0];
        Targets = new KubernetesTargets(
            environments,
            clusters,
            new Inventory(Deployments),
            new OnDemandRuns(Runs, new EventHub(), TimeProvider.System),
            new ClusterLogs(Runs, SecretMask.Of("hunter2"), Configuration, TimeProvider.System),
            TimeProvider.System);
        Target = Targets.For(Definition.Name);
    }

    public static TriggerKey Key(string name) => new(Repository.Id, EnvironmentName.Parse("prod"), TriggerName.Parse(name));

    public V1CronJob Render(string name, string schedule = "0 9 * * *", RunSpec? run = null, ImageReference? image = null) => CronJobRenderer.Render(new RenderInput
    {
        Repository = Repository,
        Environment = Definition,
        Image = image ?? ImageReference.Parse("registry.example.com/jobs@sha256:" + new string('0', 64)),
        InputHash = InputHash.Parse(new string('a', 64)),
        Commit = CommitSha.Parse(new string('c', 40)),
        Manifest = Manifest(name, schedule, run),
    });

    public TriggerCandidate Candidate(string name) => new(
        Manifest(name, "0 9 * * *", null),
        new BuildInputs { Hash = InputHash.Parse(new string('a', 64)), Commit = CommitSha.Parse(new string('c', 40)), Spec = new BuildSpec { Context = "", Dockerfile = "Dockerfile" }, FileCount = 1 });

    private TriggerManifest Manifest(string name, string schedule, RunSpec? run) => new()
    {
        File = "trigger.yaml",
        Name = TriggerName.Parse(name),
        Build = new BuildSpec { Context = "", Dockerfile = "Dockerfile" },
        Environments = new Dictionary<EnvironmentName, EnvironmentSpec>
        {
            [Definition.Name] = new() { Run = run ?? new RunSpec(), Schedule = CronSchedule.Parse(schedule, "Etc/UTC") },
        },
    };

    public Task<StageResult<ApplyResult>> TryAsync(string name, V1CronJob job) => Target.ApplyAsync(Key(name), job, Ct);

    /// <summary>What it came to; fails with the reason when it was not done.</summary>
    public static T Done<T>(StageResult<T> result)
    {
        if (result is not StageResult<T>.Done)
            Assert.Fail(result is StageResult<T>.Rejected(var findings) ? string.Join('\n', findings) : result.ToString());
        return ((StageResult<T>.Done)result).Value;
    }

    /// <summary>Applies and records, as a pass does.</summary>
    public async Task<ApplyResult> ApplyAsync(string name, V1CronJob job)
    {
        var result = Done(await TryAsync(name, job));
        if (result is ApplyResult.Created or ApplyResult.Changed)
            await RecordAsync(name, job);
        return result;
    }

    /// <summary>Carries a plan's item out, as a pass does.</summary>
    public Task<DeployOutcome> ExecuteAsync(PlanItem item, ITarget local)
    {
        var targets = new Targets(Configuration, local, Targets);
        var former = new FormerPlaces(targets, Places, Runs, new EventHub(), TimeProvider.System);
        var stage = new DeployStage(targets, former, Places, Deployments, Pauses, new EventHub(), TimeProvider.System);
        var pass = new Pass
        {
            Repository = new ConnectedRepository { Id = Repository.Id, Name = Repository.Name, Url = Repository.Url, Configured = true, ConnectedAt = DateTimeOffset.UnixEpoch },
            Environment = Definition,
            StartedAt = DateTimeOffset.UnixEpoch,
            Work = null!,
            Supersession = null!,
        };
        return stage.ExecuteAsync(pass, new BranchReading { Commit = CommitSha.Parse(new string('c', 40)) }, item, Ct);
    }

    public async Task<DeploymentRecord> RecordAsync(string name, V1CronJob job, Place? place = null)
    {
        var standing = place ?? new Place { Cluster = Settings.Access, Namespace = job.Metadata.NamespaceProperty };
        await Places.NoteAsync(Key(name), standing, Ct);
        return await Deployments.AddAsync(Record(name, job, standing), Ct);
    }

    private static DeploymentRecord Record(string name, V1CronJob job, Place place) => new()
    {
        Key = Key(name),
        Commit = CommitSha.Parse(new string('c', 40)),
        Hash = InputHash.Parse(new string('a', 64)),
        Image = ImageReference.Parse(job.Spec.JobTemplate.Spec.Template.Spec.Containers[0].Image),
        Settings = SettingsFingerprint.Of(new EnvironmentSpec { Run = new RunSpec() }),
        Kind = DeploymentKind.Built,
        DeployedAt = DateTimeOffset.UtcNow,
        Place = place,
        Rendered = RenderedYaml.Write(job),
    };

    public void Dispose()
    {
        clusters.Dispose();
        Repositories.Dispose();
        Places.Dispose();
        data.Dispose();
    }
}
