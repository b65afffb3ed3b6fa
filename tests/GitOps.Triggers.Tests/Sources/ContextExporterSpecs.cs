using System.Security.Cryptography;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class ContextExporterSpecs
{
    private static readonly BuildSpec Job = new() { Context = "job", Dockerfile = "job/Dockerfile" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task I_get_exactly_what_was_hashed()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("other.txt", "outside");
        repository.Write("job/Dockerfile", "FROM python\n");
        repository.Write("job/.dockerignore", "Dockerfile\n*.log\nempty/*\ntmp\n!tmp/keep\n");
        repository.Write("job/trigger.yaml", "name: job");
        repository.Write("job/sub/trigger.yaml", "name: sub");
        repository.Write("job/manifests/trigger.yaml", "name: only");
        repository.Write("job/noise.log", "");
        repository.Write("job/empty/file", "");
        repository.Write("job/tmp/keep/a", "a");
        repository.Write("job/tmp/drop", "");
        repository.Write("job/run me \n🚀.sh", "line\r\nline\n");
        repository.MakeExecutable("job/run me \n🚀.sh");
        repository.Link("job/sub/link", "../tmp/keep/a");
        repository.Link("job/dangling", "nowhere");
        await repository.CommitAsync();

        var exported = await ExportAsync(host, repository, await host.InputsAsync(repository, Job), host.Data["export"]);

        Assert.Equal(
            [".dockerignore", "dangling", "empty", "run me \n🚀.sh", "sub", "sub/link", "tmp", "tmp/keep", "tmp/keep/a"],
            Listing(exported.Context));
        Assert.Equal("line\r\nline\n", await File.ReadAllTextAsync(Path.Combine(exported.Context, "run me \n🚀.sh"), Ct));
        Assert.Equal("../tmp/keep/a", File.ResolveLinkTarget(Path.Combine(exported.Context, "sub/link"), false)?.ToString() is { } full ? Path.GetRelativePath(Path.Combine(exported.Context, "sub"), full) : null);
        Assert.Equal("FROM python\n", await File.ReadAllTextAsync(exported.Dockerfile, Ct));
    }

    [Fact]
    public async Task Modes_and_times_are_the_same_every_time()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("job/Dockerfile", "FROM python\n");
        repository.Write("job/sub/tool", "");
        repository.MakeExecutable("job/sub/tool");
        repository.Link("job/link", "sub/tool");
        await repository.CommitAsync();

        var exported = await ExportAsync(host, repository, await host.InputsAsync(repository, Job), host.Data["export"]);

        Assert.Equal("700", Mode(exported.Folder));
        Assert.Equal("755", Mode(Path.Combine(exported.Context, "sub")));
        Assert.Equal("755", Mode(Path.Combine(exported.Context, "sub/tool")));
        Assert.Equal("644", Mode(Path.Combine(exported.Context, "Dockerfile")));
        string[] all = [exported.Context, exported.Dockerfile, .. Listing(exported.Context).Select(name => Path.Combine(exported.Context, name))];
        Assert.All(all, path => Assert.Equal(new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc), new FileInfo(path).LastWriteTimeUtc));
    }

    [Fact]
    public async Task Equal_inputs_of_two_commits_are_equal_to_the_byte()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("job/Dockerfile", "FROM python\n");
        repository.Write("job/sub/tool", "");
        repository.Link("job/link", "sub/tool");
        await repository.CommitAsync();
        await ExportAsync(host, repository, await host.InputsAsync(repository, Job), host.Data["first"]);
        await repository.CommitAsync("job/trigger.yaml", "name: job\n");

        await ExportAsync(host, repository, await host.InputsAsync(repository, Job), host.Data["second"]);

        Assert.Equal(await TarAsync(host.Data["first/context"]), await TarAsync(host.Data["second/context"]));
    }

    [Fact]
    public async Task The_Dockerfile_may_stand_outside_the_context()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("docker/Job.Dockerfile", "FROM python\n");
        repository.Write("src/main.py", "");
        await repository.CommitAsync();
        var spec = new BuildSpec { Context = "src", Dockerfile = "docker/Job.Dockerfile" };

        var exported = await ExportAsync(host, repository, await host.InputsAsync(repository, spec), host.Data["export"]);

        Assert.Equal(["main.py"], Listing(exported.Context));
        Assert.True(File.Exists(exported.Dockerfile));
    }

    [Fact]
    public async Task A_folder_that_exists_is_left_alone()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync("job/Dockerfile", "FROM python\n");
        var inputs = await host.InputsAsync(repository, Job);
        host.Data.Write("export/precious", "");

        await Assert.ThrowsAsync<IOException>(() => ExportAsync(host, repository, inputs, host.Data["export"]));

        Assert.True(File.Exists(host.Data["export/precious"]));
    }

    [Fact]
    public async Task An_export_that_is_cancelled_leaves_nothing()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("job/Dockerfile", "FROM python\n");
        for (var i = 0; i < 500; i++)
            repository.Write($"job/file{i}", new string('x', 10_000));
        await repository.CommitAsync();
        var inputs = await host.InputsAsync(repository, Job);
        using var superseded = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var export = host.Exporter.ExportAsync(repository.Connected, inputs, host.Data["export"], superseded.Token);
        while (!export.IsCompleted && !Directory.Exists(host.Data["export/context"]))
            await Task.Yield();
        await superseded.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => export);
        Assert.False(Directory.Exists(host.Data["export"]));
    }

    [Fact]
    public async Task Inputs_that_do_not_have_the_hash_asked_for_are_never_built()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync("job/Dockerfile", "FROM python\n");
        var inputs = await host.InputsAsync(repository, Job) with { Hash = InputHash.Parse(new string('0', 64)) };

        await Assert.ThrowsAsync<InvalidOperationException>(() => ExportAsync(host, repository, inputs, host.Data["export"]));

        Assert.False(Directory.Exists(host.Data["export"]));
    }

    internal static async Task<ExportedContext> ExportAsync(SourcesHost host, GitRepository repository, BuildInputs inputs, string folder) =>
        SourcesHost.Done(await host.Exporter.ExportAsync(repository.Connected, inputs, folder, Ct));

    internal static IReadOnlyList<string> Listing(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];

    private static async Task<string> TarAsync(string folder)
    {
        using var archive = new MemoryStream();
        await CliWrap.Cli.Wrap("tar").WithArguments(["--create", "--sort=name", "--file", "-", "--directory", folder, "."])
            .WithStandardOutputPipe(CliWrap.PipeTarget.ToStream(archive)).ExecuteAsync(Ct);
        return Convert.ToHexString(SHA256.HashData(archive.ToArray()));
    }

    private static string Mode(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
