using System.Formats.Tar;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Containers;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class ContextArchiveSpecs : IAsyncDisposable
{
    private readonly BuildBench bench = new();
    private readonly TempFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return bench.DisposeAsync();
    }

    [Fact]
    public async Task Equal_content_gives_equal_bytes_whenever_it_was_written()
    {
        Fill();
        var first = await ContextArchive.WriteAsync(bench.Request, Path.Combine(folder.Path, "1"), Ct);
        Directory.Delete(bench.ContextFolder, recursive: true);
        Fill();
        File.SetLastWriteTimeUtc(Path.Combine(bench.ContextFolder, "Dockerfile"), new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(first, await ContextArchive.WriteAsync(bench.Request, Path.Combine(folder.Path, "2"), Ct));
        await File.WriteAllTextAsync(Path.Combine(bench.ContextFolder, "b", "file"), "other", Ct);
        Assert.NotEqual(first, await ContextArchive.WriteAsync(bench.Request, Path.Combine(folder.Path, "3"), Ct));
    }

    [Fact]
    public async Task Files_modes_links_and_a_Dockerfile_beside_the_context_are_in_it()
    {
        Fill();
        var beside = folder.Write("Other", "FROM scratch\n");
        var request = bench.Request with { DockerfilePath = beside, DockerignorePath = folder.Write("Other.dockerignore", "") };

        await ContextArchive.WriteAsync(request, Path.Combine(folder.Path, "tar"), Ct);

        await using var stream = File.OpenRead(Path.Combine(folder.Path, "tar"));
        await using var tar = new TarReader(stream);
        var entries = new List<string>();
        while (await tar.GetNextEntryAsync(cancellationToken: Ct) is { } entry)
        {
            Assert.Equal((DateTimeOffset.UnixEpoch, 0, 0), (entry.ModificationTime, entry.Uid, entry.Gid));
            entries.Add($"{entry.Name}{(entry.LinkName.Length > 0 ? " -> " + entry.LinkName : "")}{(entry.Mode.HasFlag(UnixFileMode.UserExecute) && entry.EntryType == TarEntryType.RegularFile ? " *" : "")}");
        }
        Assert.Equal(["context/", "context/Dockerfile", "context/b/", "context/b/file *", "context/link -> b/file", "Dockerfile", "Dockerfile.dockerignore"], entries);
        Assert.Equal("Dockerfile", ContextArchive.DockerfileOf(request));
        Assert.Equal("context/Dockerfile", ContextArchive.DockerfileOf(bench.Request));
    }

    [Fact]
    public async Task What_unpacks_it_on_a_cluster_gets_names_modes_and_links_as_they_were()
    {
        Assert.SkipUnless(File.Exists(ProbeImage.Program), "contexts are unpacked by busybox: install the package busybox-static");
        Fill();
        var deep = Directory.CreateDirectory(Path.Combine(bench.ContextFolder, new string('d', 90), new string('e', 90))).FullName;
        await File.WriteAllTextAsync(Path.Combine(deep, new string('f', 90)), "deep", Ct);
        File.CreateSymbolicLink(Path.Combine(bench.ContextFolder, "b", "up"), "../Dockerfile");
        await ContextArchive.WriteAsync(bench.Request, Path.Combine(folder.Path, "tar"), Ct);

        await CliWrap.Cli.Wrap(ProbeImage.Program).WithArguments(["tar", "-x", "-f", "tar"]).WithWorkingDirectory(folder.Path).ExecuteAsync(Ct);

        Assert.Equal(Listing(bench.ContextFolder), Listing(Path.Combine(folder.Path, ContextArchive.ContextFolder)));
    }

    private static IEnumerable<string> Listing(string root) => new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .Select(one => $"{Path.GetRelativePath(root, one.FullName)} {one.LinkTarget ?? one.UnixFileMode.ToString()} {(one is FileInfo file ? File.ReadAllText(file.FullName) : "")}").Order(StringComparer.Ordinal);

    private void Fill()
    {
        bench.With("FROM scratch");
        var inner = Directory.CreateDirectory(Path.Combine(bench.ContextFolder, "b")).FullName;
        File.WriteAllText(Path.Combine(inner, "file"), "content");
        File.SetUnixFileMode(Path.Combine(inner, "file"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(Path.Combine(bench.ContextFolder, "link"), "b/file");
    }
}
