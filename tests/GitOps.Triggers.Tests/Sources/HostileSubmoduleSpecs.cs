using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

/// <summary>A repository that names others in every file that git or its extensions read; the host that serves them all tells what was asked for.</summary>
public sealed class HostileSubmoduleSpecs
{
    private const string Submodule = "160000,0123456789abcdef0123456789abcdef01234567,";

    [Theory]
    [Threat(13)]
    [InlineData("x")]
    [InlineData("\"x\\r\"")] // CVE-2025-48384: git wrote the path without its quotes, and read it again without its end
    [InlineData("\"x\r\"")]
    public async Task Nothing_is_fetched_but_the_repository_itself(string path)
    {
        using var repository = await GitRepository.CreateAsync();
        using var elsewhere = await GitRepository.CreateAsync();
        await elsewhere.CommitAsync("a.txt", "1");
        await using var server = await GitHttpServer.StartAsync(Path.GetDirectoryName(repository.Path)!);
        var other = server.Url(Path.GetFileName(elsewhere.Path) + "/.git");
        repository.Write("Dockerfile", "FROM python\n");
        repository.Write(".gitmodules", $"[submodule \"x\"]\n\tpath = {path}\n\turl = {other}\n\tfetchRecurseSubmodules = true\n\tupdate = checkout\n");
        repository.Write(".lfsconfig", $"[lfs]\n\turl = {other}/info/lfs\n\tfetchexclude =\n[remote \"origin\"]\n\tlfsurl = {other}\n");
        repository.Write(".gitattributes", "* filter=lfs diff=lfs merge=lfs -text\n");
        repository.Write("large.bin", $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize 12345\n");
        await repository.CommitAsync();
        await repository.GitAsync($"update-index --add --cacheinfo {Submodule}x");
        await repository.GitAsync("commit --quiet --message submodule");
        using var host = new SourcesHost();
        var connected = GitRepository.Connect(server.Url(Path.GetFileName(repository.Path) + "/.git"));
        var first = await host.HeadAsync(connected);

        // A submodule that was known before and moved is what git fetches unasked, where it does.
        await repository.GitAsync($"update-index --add --cacheinfo {Submodule.Replace('0', '1')}x");
        await repository.GitAsync("commit --quiet --message moved");
        var second = await host.HeadAsync(connected);
        var manifest = new TriggerManifest
        {
            File = "trigger.yaml",
            Name = TriggerName.Parse("job"),
            Build = new BuildSpec { Context = "", Dockerfile = "Dockerfile" },
            Environments = new Dictionary<EnvironmentName, EnvironmentSpec>(),
        };
        var findings = SourcesHost.Rejected(await host.Inputs.ReadAsync(connected, second!, manifest, TestContext.Current.CancellationToken));

        Assert.NotEqual(first, second);
        Assert.Equal(["large.bin", "x"], findings.Select(finding => finding.File).Order(StringComparer.Ordinal));
        Assert.NotEmpty(server.Requests);
        Assert.All(server.Requests, request => Assert.StartsWith($"/{Path.GetFileName(repository.Path)}/.git/", request.Path, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(host.MirrorOf(connected)).Select(Path.GetFileName).Intersect(["modules", "lfs"]));
    }
}
