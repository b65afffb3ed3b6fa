using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;
using GitOps.Triggers.Tests.Containers;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>What one build needs: a data folder, a context, a log; and an end to every image that it leaves.</summary>
internal sealed class BuildBench : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-triggers-builds-");
    private readonly Lazy<LogFile> log;

    public BuildBench() => log = new(() => new BuildLogs(Configuration, Mask).Create(1));

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public string ContextFolder => Directory.CreateDirectory(Path.Combine(folder.FullName, "context")).FullName;

    /// <summary>Where the data folder is; none: in the bench's own folder.</summary>
    public string? Data { get; init; }

    public string DataFolder => Path.Combine(Data ?? folder.FullName, "data");

    public SecretMask Mask { get; init; } = SecretMask.None;

    public Limits Limits { get; init; } = new() { BuildCpus = 1, BuildMemory = "512m" };

    public string? RegistryPrefix { get; init; }

    public BuilderSettings Builder { get; init; } = new() { KanikoImage = Environment.GetEnvironmentVariable("KANIKO_IMAGE") ?? "localhost/no-kaniko:1" };

    public BuildSpec Spec { get; init; } = new() { Context = "jobs/report", Dockerfile = "jobs/report/Dockerfile" };

    public InputHash Hash { get; init; } = InputHash.FromDigest(Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray());

    public LogFile Log => log.Value;

    public EngineConfiguration Configuration => new()
    {
        DataFolder = DataFolder,
        Environments = [],
        Registry = RegistryPrefix is null ? null : new RegistrySettings { Prefix = RegistryPrefix },
        Builder = Builder,
        Limits = Limits,
    };

    public BuildRequest Request => new()
    {
        Inputs = new BuildInputs { Hash = Hash, Commit = CommitSha.Parse(new string('c', 40)), Spec = Spec, FileCount = Directory.GetFiles(ContextFolder).Length },
        Repository = new Repository { Id = RepositoryId.Parse("github-1"), Name = "reports", Url = RepositoryUrl.Parse("https://example.com/reports.git") },
        Trigger = TriggerName.Parse("nightly"),
        ContextFolder = ContextFolder,
        DockerfilePath = Path.Combine(ContextFolder, "Dockerfile"),
    };

    public ImageNames Names => ImageNames.Of(Request, RegistryPrefix);

    /// <summary>A Dockerfile on the tests' base image, with these further lines.</summary>
    public BuildBench WithBase(params string[] lines) => With(["FROM " + TestEngine.BaseImage, .. lines]);

    /// <summary>A Dockerfile that needs no registry, with busybox in its context; for Kaniko, which does not see this machine's images.</summary>
    public BuildBench WithBusybox(params string[] lines)
    {
        File.Copy(ProbeImage.Program, Path.Combine(ContextFolder, "busybox"), overwrite: true);
        return With(["FROM scratch", "COPY busybox /bin/busybox", "COPY busybox /bin/sh", .. lines]);
    }

    public BuildBench With(params string[] lines)
    {
        File.WriteAllLines(Path.Combine(ContextFolder, "Dockerfile"), lines);
        return this;
    }

    public string[] LogLines()
    {
        using var file = new FileStream(Log.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Waits until the build has written such a line.</summary>
    public async Task LogShowsAsync(string line)
    {
        await foreach (var record in LogFollower.FollowAsync(Log.Path, _ => ValueTask.FromResult(false), TimeProvider.System, Cancelled))
        {
            if (record == line)
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (log.IsValueCreated)
            log.Value.Dispose();
        var engine = (await TestEngine.Find(Environment.GetEnvironmentVariable(ContainerEngineLocator.Variable)).SearchAsync(CancellationToken.None)).Engine;
        if (engine is not null)
            await engine.RemoveImageAsync(Names.Local, CancellationToken.None);
        folder.Delete(recursive: true);
    }
}
