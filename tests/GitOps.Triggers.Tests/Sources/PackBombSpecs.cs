using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

/// <summary>Repositories that are small where they lie and large where they are unpacked, or that never end; from a host that serves git.</summary>
public sealed class PackBombSpecs(ITestOutputHelper output)
{
    private static readonly BranchName Main = BranchName.Parse("main");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>How large the blob is that is made of nothing.</summary>
    private static long Blob => long.TryParse(Environment.GetEnvironmentVariable("PACK_BOMB_BYTES"), out var bytes) ? bytes : 1L << 30;

    [Fact]
    [Threat(15)]
    public async Task A_fetch_that_never_ends_is_stopped_at_the_size_limit_and_leaves_nothing()
    {
        using var bomb = await GitRepository.CreateAsync();
        using var good = await GitRepository.CreateAsync();
        await bomb.CommitAsync("a.txt", "1");
        var head = await good.CommitAsync("a.txt", "2");
        await using var server = await GitHttpServer.StartAsync(Path.GetDirectoryName(bomb.Path)!);
        var endless = new EndlessPack(Path.GetFileName(bomb.Path));
        server.Instead = endless.Answer;
        using var host = new SourcesHost(new Limits { RepositoryBytes = 8 << 20 });
        var repository = GitRepository.Connect(server.Url(Path.GetFileName(bomb.Path) + "/.git"));

        var fetch = host.Mirrors.HeadAsync(repository, Main, Ct);
        await Eventually.HoldsAsync("it has begun", () => endless.Sent > 0);
        Assert.Equal(head, await host.HeadAsync(GitRepository.Connect(server.Url(Path.GetFileName(good.Path) + "/.git"))));
        var finding = Assert.Single(SourcesHost.Rejected(await fetch));

        Assert.Contains("larger than the limit of 8 MiB", finding.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(host.MirrorOf(repository)));
        output.WriteLine($"{endless.Sent >> 20} MiB were sent");
    }

    [Fact]
    [Threat(15)]
    public async Task A_fetch_that_stalls_is_stopped_at_the_time_limit_and_leaves_nothing()
    {
        using var bomb = await GitRepository.CreateAsync();
        await bomb.CommitAsync("a.txt", "1");
        await using var server = await GitHttpServer.StartAsync(Path.GetDirectoryName(bomb.Path)!);
        var endless = new EndlessPack(Path.GetFileName(bomb.Path)) { StallsAfter = 3 << 20 };
        server.Instead = endless.Answer;
        var time = new FakeTimeProvider();
        using var host = new SourcesHost(time: time);
        var repository = GitRepository.Connect(server.Url(Path.GetFileName(bomb.Path) + "/.git"));
        var packs = Path.Combine(host.MirrorOf(repository), "objects", "pack");

        var fetch = host.Mirrors.HeadAsync(repository, Main, Ct);
        await Eventually.HoldsAsync("a part has come", () => Directory.Exists(packs) && Directory.EnumerateFiles(packs, "tmp_*").Any(file => new FileInfo(file).Length > 1 << 20));
        time.Advance(new Limits().FetchTimeout);

        Assert.Contains("not fetched within 5m", SourcesHost.Retry(await fetch), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(packs));
    }

    [Fact]
    [Threat(15)]
    public async Task A_blob_of_nothing_without_end_costs_what_it_has_on_the_wire()
    {
        using var bomb = await GitRepository.CreateAsync();
        await using (var file = File.Create(Path.Combine(bomb.Path, "trigger.yaml")))
            file.SetLength(Blob);
        await bomb.GitAsync("-c core.bigFileThreshold=1m -c core.compression=1 add --all");
        File.Delete(Path.Combine(bomb.Path, "trigger.yaml"));
        await bomb.GitAsync("commit --quiet --message bomb");
        await using var server = await GitHttpServer.StartAsync(Path.GetDirectoryName(bomb.Path)!);
        var limit = Math.Max(Blob >> 7, 8 << 20);
        using var host = new SourcesHost(new Limits { RepositoryBytes = limit });
        var repository = GitRepository.Connect(server.Url(Path.GetFileName(bomb.Path) + "/.git"));

        var head = await host.HeadAsync(repository);
        var snapshot = SourcesHost.Done(await host.Snapshots.ReadAsync(repository, head!, Ct));

        var finding = Assert.Single(snapshot.Findings);
        Assert.Empty(snapshot.Manifests);
        output.WriteLine($"{finding}; {Folder(host.MirrorOf(repository)) >> 10} KiB on the disk");
        Assert.InRange(Folder(host.MirrorOf(repository)), 0, limit);
    }

    [Fact]
    [Threat(15)]
    public async Task An_object_that_unfolds_to_more_than_memory_is_refused_before_it_is_made()
    {
        using var bomb = await GitRepository.CreateAsync();
        await DeltaBomb.PlantAsync(bomb, copies: 70);
        await using var server = await GitHttpServer.StartAsync(Path.GetDirectoryName(bomb.Path)!);
        using var host = new SourcesHost();
        var repository = GitRepository.Connect(server.Url(Path.GetFileName(bomb.Path) + "/.git"));

        var finding = Assert.Single(SourcesHost.Rejected(await host.Mirrors.HeadAsync(repository, Main, Ct)));

        Assert.Contains("more than 1 GiB of memory", finding.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(host.MirrorOf(repository)));
    }

    private static long Folder(string path) => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
}
