using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Registries;
using GitOps.Triggers.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Benchmarks;

/// <summary>An engine whose environment is this machine, with repositories on disk whose images stand in its database and in a registry.</summary>
internal sealed class LocalBench : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly RegistryServer registry;
    private readonly Database database;

    private LocalBench(TempFolder folder, RegistryServer registry, IReadOnlyList<SourceRepository> repositories, string branch, string? images)
    {
        (this.folder, this.registry, Repositories) = (folder, registry, repositories);
        File = EngineFile.OnThisMachine(folder, branch, images ?? $"registry: {{ prefix: {registry.Host}/triggers }}", repositories);
        database = new Database(File.DataFolder);
    }

    public IReadOnlyList<SourceRepository> Repositories { get; }

    public EngineFile File { get; }

    public Engine Engine { get; private set; } = null!;

    public string this[string name] => folder[name];

    /// <param name="connected">Made of a folder; each gets the schedule of no round.</param>
    /// <param name="branch">What feeds the environment.</param>
    /// <param name="images">How images are made, as lines of <c>engine.yaml</c>; none: they are there already, in a registry.</param>
    public static async Task<LocalBench> StartAsync(Func<TempFolder, IEnumerable<SourceRepository>> connected, string branch = "main", string? images = null)
    {
        var folder = new TempFolder();
        var repositories = connected(folder).ToList();
        foreach (var repository in repositories)
            repository.Schedule(Schedules.Of(0));
        var registry = await RegistryServer.StartAsync();
        var bench = new LocalBench(folder, registry, repositories, branch, images);
        if (images is null)
            await BuiltImages.StoreAsync(bench.File.DataFolder, registry, repositories);
        bench.Engine = await Engine.StartAsync(bench.File);
        return bench;
    }

    /// <summary>Looks into the database, which costs the engine nothing.</summary>
    public EngineDbContext Look() => database.CreateDbContext();

    public async Task<int> AppliedAsync(string schedule)
    {
        var text = $"\"schedule\":\"{schedule}\"";
        await using var context = Look();
        return await context.LocalCronJobs.CountAsync(row => row.Spec.Contains(text));
    }

    /// <summary>Waits until so many CronJobs are there and nothing is due any more.</summary>
    public async Task UntilDeployedAsync(int count, TimeSpan limit)
    {
        async Task<bool> AreThereAsync()
        {
            await using var context = Look();
            return await context.LocalCronJobs.CountAsync() >= count;
        }
        await Engine.UntilAsync($"{count} CronJobs are there", AreThereAsync, limit);
        await Engine.UntilAtRestAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await registry.DisposeAsync();
        database.Dispose();
        folder.Dispose();
    }
}
