using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

/// <summary>The sources of an engine with a data folder of its own.</summary>
internal sealed class SourcesHost : IDisposable
{
    public SourcesHost(Limits? limits = null, TimeProvider? time = null, string? dataFolder = null)
    {
        var configuration = new EngineConfiguration { DataFolder = dataFolder ?? Data.Path, Environments = [], Limits = limits ?? new Limits() };
        Mirrors = new GitMirrors(configuration, Secrets, time ?? TimeProvider.System, NullLogger<GitMirrors>.Instance);
        Snapshots = new SnapshotReader(Mirrors, configuration);
        Inputs = new BuildInputsReader(Mirrors, configuration);
        Exporter = new ContextExporter(Mirrors, configuration);
    }

    public TempFolder Data { get; } = new();

    public SecretVault Secrets { get; } = new();

    public GitMirrors Mirrors { get; }

    public SnapshotReader Snapshots { get; }

    public BuildInputsReader Inputs { get; }

    public ContextExporter Exporter { get; }

    public string MirrorOf(ConnectedRepository repository) => Data[Path.Combine("mirrors", repository.Id + ".git")];

    public async Task<CommitSha?> HeadAsync(ConnectedRepository repository, string branch = "main") =>
        Done(await Mirrors.HeadAsync(repository, BranchName.Parse(branch), Ct)).Commit;

    public async Task<SourceSnapshot> SnapshotAsync(GitRepository repository)
    {
        var commit = Done(await Mirrors.HeadAsync(repository.Connected, BranchName.Parse("main"), Ct)).Commit!;
        return Done(await Snapshots.ReadAsync(repository.Connected, commit, Ct));
    }

    /// <summary>The inputs of a build of what HEAD's branch holds.</summary>
    public async Task<StageResult<BuildInputs>> ReadInputsAsync(GitRepository repository, BuildSpec? spec = null, string branch = "main")
    {
        var commit = Done(await Mirrors.HeadAsync(repository.Connected, BranchName.Parse(branch), Ct)).Commit!;
        var manifest = new TriggerManifest
        {
            File = "trigger.yaml",
            Name = TriggerName.Parse("job"),
            Build = spec ?? new BuildSpec { Context = "", Dockerfile = "Dockerfile" },
            Environments = new Dictionary<EnvironmentName, EnvironmentSpec>(),
        };
        return await Inputs.ReadAsync(repository.Connected, commit, manifest, Ct);
    }

    public async Task<BuildInputs> InputsAsync(GitRepository repository, BuildSpec? spec = null, string branch = "main") =>
        Done(await ReadInputsAsync(repository, spec, branch));

    public async Task<IReadOnlyList<Finding>> FindingsAsync(GitRepository repository, BuildSpec? spec = null) =>
        Rejected(await ReadInputsAsync(repository, spec));

    public static T Done<T>(StageResult<T> result)
    {
        Assert.True(result is StageResult<T>.Done, Told(result));
        return ((StageResult<T>.Done)result).Value;
    }

    public static IReadOnlyList<Finding> Rejected<T>(StageResult<T> result)
    {
        Assert.True(result is StageResult<T>.Rejected, Told(result));
        return ((StageResult<T>.Rejected)result).Findings;
    }

    public static string Retry<T>(StageResult<T> result)
    {
        Assert.True(result is StageResult<T>.Retry, Told(result));
        return ((StageResult<T>.Retry)result).Reason;
    }

    public void Dispose()
    {
        Mirrors.Dispose();
        Data.Dispose();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Told<T>(StageResult<T> result) =>
        result is StageResult<T>.Rejected rejected ? string.Join('\n', rejected.Findings) : result.ToString();
}
