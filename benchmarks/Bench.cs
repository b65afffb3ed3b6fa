using GitOps.Triggers.Tests.Registries;
using GitOps.Triggers.Tests.Support;
using k8s;

namespace GitOps.Triggers.Benchmarks;

/// <summary>What every measurement needs: repositories on disk, a registry that holds their images, a watch, and an engine that has deployed them all.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly TempFolder folder;
    private readonly RegistryServer registry;
    private readonly ISite site;

    private Bench(ISite site, TempFolder folder, RegistryServer registry, IReadOnlyList<SourceRepository> repositories)
    {
        (this.site, this.folder, this.registry, Repositories) = (site, folder, registry, repositories);
        File = EngineFile.OnCluster(folder, site, registry.Host, repositories);
        Watch = new ScheduleWatch(site, repositories);
    }

    public IReadOnlyList<SourceRepository> Repositories { get; }

    public ScheduleWatch Watch { get; }

    public Engine Engine { get; private set; } = null!;

    public EngineFile File { get; }

    public string this[string name] => folder[name];

    /// <summary>How many CronJobs there are: each trigger has one in dev and one in prod.</summary>
    public int CronJobs => 2 * Repositories.Sum(repository => repository.Triggers.Count);

    /// <param name="site">Where.</param>
    /// <param name="repositories">How many.</param>
    /// <param name="triggers">How many in each.</param>
    public static async Task<Bench> StartAsync(ISite site, int repositories, int triggers = 1)
    {
        var folder = new TempFolder();
        var sources = Enumerable.Range(1, repositories).Select(number => new SourceRepository(folder[$"git/team-{number}.git"], triggers)).ToList();
        foreach (var source in sources)
            source.Schedule(Schedules.Of(0));
        var registry = await RegistryServer.StartAsync();
        var bench = new Bench(site, folder, registry, sources);
        await BuiltImages.StoreAsync(bench.File.DataFolder, registry, sources);
        bench.Engine = await Engine.StartAsync(bench.File);
        return bench;
    }

    /// <summary>Waits until every CronJob has the schedule of that round.</summary>
    public Task<long> UntilAsync(int round, TimeSpan limit) => Watch.UntilAsync(CronJobs, Schedules.Of(round), limit, () => $"The engine said:\n{Engine.Log}");

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await Watch.DisposeAsync();
        await registry.DisposeAsync();
        await RemoveSpacesAsync();
        folder.Dispose();
    }

    private async Task RemoveSpacesAsync()
    {
        foreach (var space in (await site.Client.CoreV1.ListNamespaceAsync()).Items.Where(space => space.Metadata.Name.StartsWith(File.Spaces, StringComparison.Ordinal)))
            await site.Client.CoreV1.DeleteNamespaceAsync(space.Metadata.Name);
    }
}
