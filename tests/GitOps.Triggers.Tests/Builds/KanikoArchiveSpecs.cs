using System.Formats.Tar;
using System.Net.Sockets;
using System.Text;
using GitOps.Triggers.Builds;
using Xunit;

namespace GitOps.Triggers.Tests.Builds;

public sealed class KanikoArchiveSpecs : IDisposable
{
    private const string Name = "localhost/gitops-triggers/reports/nightly:1";
    private const string Config = "sha256:4dea5cb728fd4e8e2065d5b4c03df6241c6046bc2f7e5d6a6bb6f743bb0fff7d";
    private const string Good = $$"""[{"Config":"{{Config}}","RepoTags":["{{Name}}"],"Layers":["1.tar.gz","2.tar.gz"]}]""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("gitops-triggers-archive-");

    private string Archive => Path.Combine(folder.FullName, "image.tar");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void What_Kaniko_writes_is_taken()
    {
        Write(Good, [Config, "1.tar.gz", "2.tar.gz"]);

        Assert.Null(KanikoArchive.Problem(Archive, Name));
    }

    [Theory]
    [InlineData("""[{"Config":"c","RepoTags":["docker.io/library/python:3.13-slim"],"Layers":[]}]""", "other names")]
    [InlineData($$"""[{"Config":"c","RepoTags":["{{Name}}","docker.io/library/python:3.13-slim"],"Layers":[]}]""", "other names")]
    [InlineData($$"""[{"Config":"c","RepoTags":["{{Name}}"],"Layers":[]},{"Config":"c","RepoTags":["python:3"],"Layers":[]}]""", "exactly one image")]
    [InlineData("[]", "exactly one image")]
    [InlineData("""[{"Config":"c","Layers":[]}]""", "exactly one image")]
    [InlineData("{", "cannot be read")]
    public void An_archive_with_other_images_is_refused(string manifest, string problem)
    {
        Write(manifest, ["c"]);

        Assert.Contains(problem, KanikoArchive.Problem(Archive, Name), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_can_be_read_as_something_else_is_refused()
    {
        Write(Good, [Config, "1.tar.gz", "2.tar.gz", "index.json", "oci-layout"]);

        Assert.Equal("it holds more or less than its image", KanikoArchive.Problem(Archive, Name));
    }

    [Fact]
    public void An_archive_that_leads_elsewhere_is_refused()
    {
        using (var tar = new TarWriter(File.Create(Archive)))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "manifest.json") { LinkName = "/etc/passwd" });
        Assert.Contains("no plain file", KanikoArchive.Problem(Archive, Name), StringComparison.Ordinal);

        File.Delete(Archive);
        File.CreateSymbolicLink(Archive, "/etc/passwd");
        Assert.Equal("there is no archive", KanikoArchive.Problem(Archive, Name));
    }

    [Fact]
    public void An_entry_that_stands_there_twice_is_refused()
    {
        Write(Good, [Config, "1.tar.gz", "1.tar.gz"]);

        Assert.Contains("stands there twice", KanikoArchive.Problem(Archive, Name), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_archive_is_refused()
    {
        Assert.Equal("there is no archive", KanikoArchive.Problem(Archive, Name));

        File.WriteAllBytes(Archive, new byte[100]);
        Assert.NotNull(KanikoArchive.Problem(Archive, Name));

        File.WriteAllText(Archive, new string('x', 10_000));
        Assert.NotNull(KanikoArchive.Problem(Archive, Name));
    }

    [Fact]
    public async Task What_would_have_its_reader_wait_for_ever_is_refused_unopened()
    {
        await CliWrap.Cli.Wrap("mkfifo").WithArguments([Archive]).ExecuteAsync(BuildBench.Cancelled);
        Assert.Equal("there is no archive", await ProblemAsync());

        File.Delete(Archive);
        File.CreateSymbolicLink(Archive, "/dev/zero");
        Assert.Equal("there is no archive", await ProblemAsync());

        File.Delete(Archive);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Archive));
        Assert.Equal("there is no archive", await ProblemAsync());
    }

    private Task<string?> ProblemAsync() => Task.Run(() => KanikoArchive.Problem(Archive, Name)).WaitAsync(TimeSpan.FromSeconds(20), BuildBench.Cancelled);

    private void Write(string manifest, IReadOnlyList<string> entries)
    {
        using var tar = new TarWriter(File.Create(Archive));
        foreach (var entry in entries)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream([1, 2, 3]) });
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "manifest.json") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(manifest)) });
    }
}
