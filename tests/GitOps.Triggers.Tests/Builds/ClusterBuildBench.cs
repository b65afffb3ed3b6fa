using System.Net;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>An engine that builds on a cluster: its launcher, its data folder and its door for contexts. It can be started anew.</summary>
internal sealed class ClusterBuildBench : IAsyncDisposable
{
    private readonly List<IDisposable> disposables = [];
    private readonly BuildBench bench;
    private readonly TimeProvider time;
    private CancellationTokenSource stop = new();
    private ContextServer server = null!;
    private long build;

    private ClusterBuildBench(BuildBench bench, TimeProvider time) => (this.bench, this.time) = (bench, time);

    public required EngineConfiguration Configuration { get; set; }

    public BuildContexts Contexts { get; private set; } = null!;

    public ClusterDirectory Clusters { get; private set; } = null!;

    public LogFile Log { get; private set; } = null!;

    /// <summary>Of the context that the bench has: it may be changed until a build of it begins.</summary>
    public BuildRequest Request => bench.Request;

    public BuildBench Context => bench;

    public int Port => server.Port;

    public ClusterBuilderSettings Settings => Configuration.Builder.Cluster!;

    public static async Task<ClusterBuildBench> StartAsync(
        BuildBench bench, string kubeconfig, RegistrySettings registry, Func<int, ClusterBuilderSettings> settings, string kaniko, IPAddress? address = null, TimeProvider? time = null)
    {
        var started = new ClusterBuildBench(bench, time ?? TimeProvider.System) { Configuration = bench.Configuration };
        started.server = await ContextServer.StartAsync(address ?? IPAddress.Loopback, () => started.Contexts);
        var cluster = settings(started.server.Port) with { Access = new ClusterAccess { Kubeconfig = kubeconfig } };
        started.Configuration = bench.Configuration with
        {
            Registry = registry,
            Builder = new BuilderSettings { Kind = BuilderKind.Kubernetes, KanikoImage = kaniko, Cluster = cluster },
        };
        started.Restart();
        return started;
    }

    /// <summary>As an engine that is started, with nothing in its memory. What was going on is told that the one before is being stopped.</summary>
    public void Restart()
    {
        stop = Keep(new CancellationTokenSource());
        Contexts = new BuildContexts(Configuration);
        Clusters = Keep(new ClusterDirectory(time));
    }

    /// <summary>Ends what goes on, as a signal does.</summary>
    public Task StopAsync() => stop.CancelAsync();

    /// <summary>Into a log of its own.</summary>
    public async Task<StageResult<BuiltImage>> BuildAsync(CancellationToken ct)
    {
        Log = Keep(new BuildLogs(Configuration, SecretMask.None).Create(++build));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, stop.Token);
        var launcher = new ClusterKanikoLauncher(Configuration, Clusters, Contexts, time, stop.Token);
        return await new KanikoBuilder(launcher, Configuration.Limits, time).BuildAsync(bench.Request, Log, either.Token);
    }

    public string[] LogLines() => [.. Lines()];

    /// <summary>Waits until the log that is written now has such a line.</summary>
    public async Task LogShowsAsync(Func<string, bool> line)
    {
        await foreach (var record in LogFollower.FollowAsync(Log.Path, _ => ValueTask.FromResult(false), TimeProvider.System, BuildBench.Cancelled))
        {
            if (line(record))
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await server.DisposeAsync();
        disposables.ForEach(one => one.Dispose());
        await bench.DisposeAsync();
    }

    private IEnumerable<string> Lines()
    {
        using var file = new FileStream(Log.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private T Keep<T>(T one)
        where T : IDisposable
    {
        disposables.Add(one);
        return one;
    }
}
