using System.Diagnostics;
using System.Globalization;
using System.Text;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class LargeRepositorySpecs(ITestOutputHelper output)
{
    private const int Files = 20_000;

    [Fact]
    public async Task A_repository_of_20_000_files_is_read_like_any_other()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.GitAsync(["fast-import", "--quiet"], History());
        var clone = Stopwatch.GetTimestamp();
        await host.HeadAsync(repository.Connected);
        Told("clone", clone);
        var fetch = Stopwatch.GetTimestamp();
        await host.HeadAsync(repository.Connected);
        Told("fetch of nothing new", fetch);
        var search = Stopwatch.GetTimestamp();
        var snapshot = await host.SnapshotAsync(repository);
        Told("fetch and snapshot", search);
        var hash = Stopwatch.GetTimestamp();
        var inputs = await host.InputsAsync(repository);
        Told("fetch and input hash", hash);

        Assert.Single(snapshot.Manifests);
        Assert.Equal(Files + 1, inputs.FileCount);
    }

    private static string History()
    {
        var script = new StringBuilder("blob\nmark :1\ndata 12\nFROM python\n\ncommit refs/heads/main\ncommitter A Developer <developer@example.com> 0 +0000\ndata 4\nMany\n");
        script.Append("M 100644 :1 Dockerfile\nM 100644 :1 jobs/one/trigger.yaml\n");
        for (var i = 0; i < Files; i++)
        {
            var content = string.Create(CultureInfo.InvariantCulture, $"file {i} of a large repository, {i * 7919}\n");
            script.Append(CultureInfo.InvariantCulture, $"M 100644 inline src/{i % 20}/{i % 200}/file{i}.txt\ndata {content.Length}\n{content}");
        }
        return script.ToString();
    }

    private void Told(string what, long since) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {Stopwatch.GetElapsedTime(since).TotalMilliseconds:F0} ms"));
}
