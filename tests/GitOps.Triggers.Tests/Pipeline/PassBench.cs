using System.Threading.Channels;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Hosting;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Containers;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>
/// Passes over a real repository, by the engine's own parts put together as in the engine. Only what stands behind them is the test's:
/// the clock, the builder, and a podman that knows the images which stand as files beside it.
/// </summary>
internal sealed class PassBench : IAsyncDisposable
{
    private readonly Script podman = PodmanStore.Create();
    private readonly TempFolder data = new();
    private readonly ServiceProvider services;

    private PassBench(GitRepository repository, IReadOnlyList<EnvironmentDefinition> environments, Limits limits, ITarget? target = null)
    {
        Repository = repository;
        Builder = new ScriptedBuilder(podman.Folder);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddEngine(new EngineConfiguration { DataFolder = data.Path, Environments = environments, Limits = limits }, new SecretVault());
        collection.AddSingleton<TimeProvider>(Time);
        collection.AddSingleton(new ContainerEngineLocator(podman.Program, SecretMask.None, Time));
        collection.AddSingleton<IImageBuilder>(Builder);
        if (target is not null)
            collection.AddSingleton(target);
        services = collection.BuildServiceProvider();
    }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public GitRepository Repository { get; }

    public ScriptedBuilder Builder { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));

    /// <summary>An engine to which a repository is connected that holds one trigger, <c>job</c>, for dev, test and prod on the branch main.</summary>
    public static Task<PassBench> CreateAsync(params IReadOnlyList<EnvironmentDefinition> environments) => CreateAsync(new Limits(), environments);

    public static async Task<PassBench> CreateAsync(Limits limits, params IReadOnlyList<EnvironmentDefinition> environments)
    {
        var repository = await GitRepository.CreateAsync();
        var bench = new PassBench(repository, environments, limits);
        bench.Schedule("0 9 * * *");
        await repository.CommitAsync("Dockerfile", "FROM scratch\nUSER 65532:65532\n");
        await bench.ConnectAsync(name: null);
        return bench;
    }

    /// <summary>An engine with a target of the test's own, to which an empty repository is connected.</summary>
    public static async Task<PassBench> CreateEmptyAsync(ITarget target, string name, params IReadOnlyList<EnvironmentDefinition> environments)
    {
        var bench = new PassBench(await GitRepository.CreateAsync(), environments, new Limits(), target);
        await bench.ConnectAsync(name);
        return bench;
    }

    public static EnvironmentDefinition Environment(string name, string? promotesFrom = null, string branch = "main") => new()
    {
        Name = EnvironmentName.Parse(name),
        Branch = BranchName.Parse(branch),
        PromotesFrom = promotesFrom is null ? null : EnvironmentName.Parse(promotesFrom),
        Target = new TargetSettings.Local(),
    };

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public void Schedule(string schedule) => Repository.Write("trigger.yaml", $$"""
        apiVersion: triggers.gitops/v1
        kind: ScheduledTrigger
        name: job
        environments:
          dev: { schedule: "{{schedule}}" }
          test: { schedule: "{{schedule}}" }
          prod: { schedule: "{{schedule}}" }
        """);

    public async Task<WorkResult> PassAsync(string environment, ChannelReader<bool>? marks = null)
    {
        var item = new WorkItem { Key = Key(environment), Generation = 1, DueAt = Time.GetUtcNow(), Attempt = 0, Reason = "test" };
        return await Get<Reconciler>().ReconcileAsync(new WorkContext(item, marks ?? Channel.CreateUnbounded<bool>().Reader), Cancelled);
    }

    public async Task<TriggerStatus> StatusAsync(string environment) =>
        (await Get<StatusStore>().StatusesAsync(Repository.Connected.Id, Cancelled)).Single(status => status.Environment.Value == environment);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<DeploymentRecord>> DeploymentsAsync(string environment) => Get<DeploymentStore>().HistoryAsync(Key(environment), Cancelled);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<BuildRecord>> BuildsAsync() => Get<BuildStore>().ListAsync(null, null, 1_000, Cancelled);

    public WorkKey Key(string environment) => new(Repository.Connected.Id, EnvironmentName.Parse(environment));

    public bool Holds(ImageReference image) => File.Exists(FileOf(image));

    /// <summary>As <c>podman image prune</c> does.</summary>
    public void Prune(ImageReference image) => File.Delete(FileOf(image));

    public void Relabel(ImageReference image, string inputHash) => File.WriteAllText(FileOf(image), inputHash);

    /// <summary>How often podman was asked for images.</summary>
    public int Asked => File.Exists(Beside("asked")) ? File.ReadAllLines(Beside("asked")).Length : 0;

    /// <summary>Makes podman fail at whatever it is asked for an image.</summary>
    public void BreakPodman() => File.WriteAllText(Beside("down"), "");

    /// <summary>Makes podman hang at whatever it is asked for an image.</summary>
    public void HangPodman() => File.WriteAllText(Beside("hangs"), "");

    /// <summary>Ends when podman hangs.</summary>
    public Task PodmanHangsAsync() => Eventually.HoldsAsync("podman hangs", () => Task.FromResult(File.Exists(Beside("hanging"))));

    /// <summary>Makes podman refuse to remove images, as it does while a container is made of them.</summary>
    public void UseImages(bool used = true)
    {
        if (used)
            File.WriteAllText(Beside("in-use"), "");
        else
            File.Delete(Beside("in-use"));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        podman.Dispose();
        data.Dispose();
        Repository.Dispose();
    }

    private async Task ConnectAsync(string? name)
    {
        await Get<Database>().OpenAsync(Cancelled);
        await Get<RepositoryStore>().SyncAsync([new RepositorySettings { Url = Repository.Url, Name = name }], Cancelled);
    }

    private string FileOf(ImageReference image) => PodmanStore.FileOf(podman.Folder, image);

    private string Beside(string name) => Path.Combine(podman.Folder, name);
}
