using System.Threading.Channels;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Hosting;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>The pipeline as the engine has it, on a real database and a real repository; the builder and the target behind it are the tests' own.</summary>
internal sealed class PipelineBench : IDisposable
{
    private readonly Script podman = PodmanStore.Create();
    private readonly TempFolder data = new();
    private readonly ServiceProvider services;
    private readonly Channel<bool> marks = Channel.CreateUnbounded<bool>();

    private PipelineBench(GitRepository repository, Gates gates)
    {
        Git = repository;
        Builder = new ScriptedBuilder(podman.Folder);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddEngine(Configuration(data.Path, repository.Url, gates), new SecretVault());
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddSingleton(TestEngine.Find(podman.Program));
        collection.AddSingleton<IImageBuilder>(Builder);
        collection.AddSingleton<ITarget>(Target);
        services = collection.BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));

    public EventHub Events => services.GetRequiredService<EventHub>();

    public GitRepository Git { get; }

    public ScriptedBuilder Builder { get; }

    public KeepingTarget Target { get; } = new();

    public PauseStore Pauses => services.GetRequiredService<PauseStore>();

    public static async Task<PipelineBench> StartAsync(Gates? gates = null)
    {
        var bench = new PipelineBench(await GitRepository.CreateAsync(), gates ?? new Gates());
        await bench.Database.OpenAsync(Ct);
        await bench.Repositories.SyncAsync([new RepositorySettings { Url = bench.Git.Url, Name = "nightly" }], Ct);
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

    public TriggerKey Key(string trigger, string environment) => new(Repositories.Current[0].Id, EnvironmentName.Parse(environment), TriggerName.Parse(trigger));

    public Task<WorkResult> ReconcileAsync(string environment)
    {
        var item = new WorkItem { Key = Key("any", environment).Work, Generation = 1, DueAt = Time.GetUtcNow(), Attempt = 0, Reason = "push" };
        return services.GetRequiredService<Reconciler>().ReconcileAsync(new WorkContext(item, marks.Reader), Ct);
    }

    /// <summary>A webhook that arrives while a pass runs.</summary>
    public void MarkAgain() => marks.Writer.TryWrite(true);

    /// <summary>Ends when the pass that runs has taken every mark, and would look at git for one more.</summary>
    public Task MarksHeardAsync() => Eventually.HoldsAsync("the pass has heard all marks", () => marks.Reader.Count == 0);

    /// <summary>Puts something in the mirror's place in which git can make no repository.</summary>
    public void BreakMirror()
    {
        var mirror = Path.Combine(data.Path, "mirrors", Repositories.Current[0].Id.Value + ".git");
        Directory.Delete(mirror, recursive: true);
        File.WriteAllText(mirror, "");
    }

    public V1CronJob Applied(string trigger, string environment) =>
        Target.Find(Key(trigger, environment)) ?? throw new InvalidOperationException($"Nothing is applied of {trigger} in {environment}.");

    public string Image(string trigger, string environment) => Applied(trigger, environment).Spec.JobTemplate.Spec.Template.Spec.Containers[0].Image;

    public async Task<TriggerStatus> StatusAsync(string trigger, string environment) =>
        (await StatusesAsync()).Single(status => status.Key == Key(trigger, environment));

    public async Task<IReadOnlyList<TriggerStatus>> StatusesAsync()
    {
        await using var context = Database.CreateDbContext();
        return [.. context.Statuses];
    }

    public async Task<PassRecord> PassAsync(string environment) =>
        (await services.GetRequiredService<StatusStore>().PassesAsync(Ct)).Single(pass => pass.Environment.Value == environment);

    public async Task<IReadOnlyList<DeploymentKind>> KindsAsync(string environment) =>
        [.. (await services.GetRequiredService<DeploymentStore>().HistoryAsync(Key("any", environment).Work, Ct)).Select(deployment => deployment.Kind)];

    public async Task<IReadOnlyList<BuildState>> BuildsAsync() =>
        [.. (await services.GetRequiredService<BuildStore>().ListAsync(null, null, 100, Ct)).Select(build => build.State)];

    /// <summary>Records that what runs there now ran well once.</summary>
    public async Task RanWellAsync(string trigger, string environment)
    {
        var release = (await services.GetRequiredService<DeploymentStore>().HistoryAsync(Key(trigger, environment).Work, Ct)).First(one => one.Trigger.Value == trigger);
        await using var context = Database.CreateDbContext();
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
        services.Dispose();
        data.Dispose();
        podman.Dispose();
        Git.Dispose();
    }

    private Database Database => services.GetRequiredService<Database>();

    private RepositoryStore Repositories => services.GetRequiredService<RepositoryStore>();

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
