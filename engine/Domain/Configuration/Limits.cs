namespace GitOps.Triggers.Domain;

/// <summary>How much the engine takes from others, in one place; the schema has what an operator may set of it. Sizes in bytes.</summary>
internal sealed record Limits
{
    /// <summary>GitHub's own limit.</summary>
    public long WebhookBody { get; init; } = 25L << 20;

    /// <summary>A run's arguments are the longest that anybody sends to the HTTP API.</summary>
    public long ApiBody { get; init; } = 256 << 10;

    public int ManifestBytes { get; init; } = 64 << 10;

    /// <summary>The engine's own configuration, which may name thousands of repositories.</summary>
    public int ConfigurationBytes { get; init; } = 1 << 20;

    public int ManifestDepth { get; init; } = 32;

    public int ManifestsPerRepository { get; init; } = 200;

    /// <summary>Findings shown of one file; how many more there are is said.</summary>
    public int FindingsPerFile { get; init; } = 100;

    /// <summary>The mirror of one repository on disk.</summary>
    public long RepositoryBytes { get; init; } = 2L << 30;

    /// <summary>One build context, unpacked.</summary>
    public long ContextBytes { get; init; } = 512L << 20;

    public int ContextEntries { get; init; } = 50_000;

    public long BuildLogBytes { get; init; } = 16L << 20;

    public long RunLogBytes { get; init; } = 16L << 20;

    public TimeSpan BuildTimeout { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromMinutes(5);

    public string BuildMemory { get; init; } = "2g";

    /// <summary>What one build may write on a cluster's node; on this machine, into the folder that takes its image.</summary>
    public long BuildDisk { get; init; } = 10L << 30;

    /// <summary>Cores that one build may use; no more than the machine has.</summary>
    public int BuildCpus { get; init; } = 2;

    public int BuildProcesses { get; init; } = 2048;

    /// <summary>Of all repositories together.</summary>
    public int ParallelBuilds { get; init; } = 2;

    /// <summary>Of one repository. None: all but one, if there are several.</summary>
    public int? ParallelBuildsPerRepository { get; init; }

    /// <summary>Runs on this machine at the same time, of all repositories together; those on clusters are the cluster's to limit.</summary>
    public int ParallelRuns { get; init; } = 64;

    /// <summary>As above, of one repository.</summary>
    public int ParallelRunsPerRepository { get; init; } = 16;

    public int ParallelPasses { get; init; } = 8;

    /// <summary>Of one repository. None: a quarter of them.</summary>
    public int? ParallelPassesPerRepository { get; init; }

    /// <summary>Deployments kept per trigger and environment however old they are, to roll back to. At least 1: the newest is what runs.</summary>
    public int DeploymentsKept { get; init; } = 20;

    /// <summary>Builds kept per trigger and environment however old they are, with their logs and their images in this machine's store.</summary>
    public int BuildsKept { get; init; } = 20;

    /// <summary>Deployments and builds younger than this are kept, however many they are: what waits for a gate may be as old.</summary>
    public TimeSpan RecordsKeptFor { get; init; } = TimeSpan.FromDays(30);
}
