using System.Threading.Channels;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Intake;
using GitOps.Triggers.Tests.Sources;
using GitOps.Triggers.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>The pipeline as the engine has it, on a real database and a real repository; the builder and the target behind it are the tests' own.</summary>
internal sealed class PipelineBench : IDisposable
{
    // Answers for the images that the builder has put beside it, as podman does.
    private const string Podman = """
        case $1 in
          --version) echo podman version 5.0.0 ;;
          version) echo 5.0.0 ;;
          image) id=$4; [ -e "$(dirname "$0")/$id" ] || { echo "Error: $id: image not known" >&2; exit 125; }; echo "[{\"Id\":\"$id\",\"Config\":{}}]" ;;
        esac
        """;

    private readonly Script podman = new("podman", Podman);
    private readonly SourcesHost sources;
    private readonly Database database;
    private readonly RepositoryStore repositories;
    private readonly Reconciler reconciler;
    private readonly Channel<bool> marks = Channel.CreateUnbounded<bool>();

    private PipelineBench(GitRepository repository, Gates gates)
    {
        Git = repository;
        sources = new SourcesHost(time: Time);
        var configuration = Configuration(sources.Data.Path, repository.Url, gates);
        database = new Database(configuration.DataFolder);
        repositories = new RepositoryStore(database, Time);
        (Builder, Pauses) = (new KeepingBuilder(podman.Folder), new PauseStore(database));
        var (deployments, builds, statuses) = (new DeploymentStore(database), new BuildStore(database), new StatusStore(database));
        var images = new ImageStore(new ContainerEngineLocator(podman.Program, SecretMask.None, Time));
        var branch = new BranchStage(sources.Mirrors, sources.Snapshots, sources.Inputs, configuration);
        var runner = new BuildRunner(sources.Exporter, Builder, new BuildLogs(configuration, SecretMask.None), configuration);
        reconciler = new Reconciler(
            new PassOpening(repositories, sources.Mirrors, configuration, Time),
            branch,
            new PlanStage(deployments, builds, images, new UpstreamFacts(configuration, deployments, images, branch)),
            new ReleaseStage(
                new BuildStage(builds, runner, Events, Time),
                new DeployStage(new Targets(configuration, Target), deployments, Pauses, Events, Time),
                statuses, Time, NullLogger<ReleaseStage>.Instance),
            new Conclusion(statuses, Events, Time, NullLogger<Conclusion>.Instance));
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));

    public EventHub Events { get; } = new();

    public GitRepository Git { get; }

    public KeepingBuilder Builder { get; }

    public KeepingTarget Target { get; } = new();

    public PauseStore Pauses { get; }

    public static async Task<PipelineBench> StartAsync(Gates? gates = null)
    {
        var bench = new PipelineBench(await GitRepository.CreateAsync(), gates ?? new Gates());
        await bench.database.OpenAsync(Ct);
        await bench.repositories.SyncAsync([new RepositorySettings { Url = bench.Git.Url, Name = "nightly" }], Ct);
        return bench;
    }

    /// <summary>The files of a trigger in a folder of its name; one script makes one set of inputs.</summary>
    public void Write(string trigger, string script = "echo hello", string schedule = "0 5 * * *")
    {
        Git.Write($"{trigger}/Dockerfile", "FROM scratch\nCOPY job.sh /job.sh\nUSER 65532:65532\nENTRYPOINT [\"/job.sh\"]\n");
        Git.Write($"{trigger}/job.sh", script + "\n");
        Git.Write($"{trigger}/trigger.yaml", $$"""
            apiVersion: triggers.gitops/v1
            kind: ScheduledTrigger
            name: {{trigger}}
            environments:
              dev: { schedule: "{{schedule}}" }
              prod: { schedule: "{{schedule}}" }
            """);
    }

    public TriggerKey Key(string trigger, string environment) => new(repositories.Current[0].Id, EnvironmentName.Parse(environment), TriggerName.Parse(trigger));

    public Task<WorkResult> ReconcileAsync(string environment)
    {
        var item = new WorkItem { Key = Key("any", environment).Work, Generation = 1, DueAt = Time.GetUtcNow(), Attempt = 0, Reason = "push" };
        return reconciler.ReconcileAsync(new WorkContext(item, marks.Reader), Ct);
    }

    /// <summary>A webhook that arrives while a pass runs.</summary>
    public void MarkAgain() => marks.Writer.TryWrite(true);

    /// <summary>Ends when the pass that runs has taken every mark, and would look at git for one more.</summary>
    public Task MarksHeardAsync() => Eventually.HoldsAsync("the pass has heard all marks", () => marks.Reader.Count == 0);

    public V1CronJob Applied(string trigger, string environment) =>
        Target.Find(Key(trigger, environment)) ?? throw new InvalidOperationException($"Nothing is applied of {trigger} in {environment}.");

    public string Image(string trigger, string environment) => Applied(trigger, environment).Spec.JobTemplate.Spec.Template.Spec.Containers[0].Image;

    public async Task<TriggerStatus> StatusAsync(string trigger, string environment) =>
        (await StatusesAsync()).Single(status => status.Key == Key(trigger, environment));

    public async Task<IReadOnlyList<TriggerStatus>> StatusesAsync()
    {
        await using var context = database.CreateDbContext();
        return [.. context.Statuses];
    }

    public async Task<PassRecord> PassAsync(string environment) =>
        (await new StatusStore(database).PassesAsync(Ct)).Single(pass => pass.Environment.Value == environment);

    public async Task<IReadOnlyList<DeploymentKind>> KindsAsync(string environment) =>
        [.. (await new DeploymentStore(database).HistoryAsync(Key("any", environment).Work, Ct)).Select(deployment => deployment.Kind)];

    public async Task<IReadOnlyList<BuildState>> BuildsAsync() =>
        [.. (await new BuildStore(database).ListAsync(null, null, 100, Ct)).Select(build => build.State)];

    /// <summary>Records that what runs there now ran well once.</summary>
    public async Task RanWellAsync(string trigger, string environment)
    {
        var release = (await new DeploymentStore(database).HistoryAsync(Key(trigger, environment).Work, Ct)).First(one => one.Trigger.Value == trigger);
        await using var context = database.CreateDbContext();
        context.Runs.Add(new RunRecord
        {
            Id = RunId.Parse($"{trigger}-1"),
            Key = release.Key,
            Origin = RunOrigin.OnDemand,
            ScheduledFor = Time.GetUtcNow(),
            State = RunState.Succeeded,
            Commit = release.Commit,
            Image = release.Image,
        });
        await context.SaveChangesAsync(Ct);
    }

    public void Dispose()
    {
        repositories.Dispose();
        sources.Dispose();
        podman.Dispose();
        Git.Dispose();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static EngineConfiguration Configuration(string dataFolder, RepositoryUrl url, Gates gates)
    {
        var dev = new EnvironmentDefinition { Name = EnvironmentName.Parse("dev"), Branch = BranchName.Parse("main"), Target = new TargetSettings.Local() };
        return new EngineConfiguration
        {
            DataFolder = dataFolder,
            Environments = [dev, dev with { Name = EnvironmentName.Parse("prod"), Branch = BranchName.Parse("prod"), PromotesFrom = dev.Name, Gates = gates }],
            Repositories = [new RepositorySettings { Url = url }],
        };
    }
}
