using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class BuildInputsRefusalSpecs
{
    private const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    private const string Submodule = "160000,1111111111111111111111111111111111111111,";

    [Fact]
    [Threat(12)]
    public async Task All_that_is_wrong_is_found_at_once()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("job/Dockerfile", "FROM python\n\nUSER app\n");
        repository.Write("job/data.bin", Pointer);
        repository.Link("job/passwd", "/etc/passwd");
        repository.Link("job/up", "../../other");
        await repository.CommitAsync();
        await repository.GitAsync($"update-index --add --cacheinfo {Submodule}job/vendor/lib");
        await repository.GitAsync("commit --quiet --message submodule");

        var findings = await host.FindingsAsync(repository, new BuildSpec { Context = "job", Dockerfile = "job/Dockerfile" });

        Assert.Equal(
            ["job/Dockerfile:3", "job/data.bin", "job/passwd", "job/up", "job/vendor/lib"],
            findings.Select(finding => finding.Location));
        Assert.Contains("USER app is a name", findings[0].Message);
        Assert.Contains("Git LFS pointer", findings[1].Message);
        Assert.Contains("absolute", findings[2].Message);
        Assert.Contains("leads out of the build context", findings[3].Message);
        Assert.Contains("a submodule", findings[4].Message);
        Assert.All(findings, finding => Assert.NotEmpty(finding.Fix));
    }

    [Fact]
    public async Task What_dockerignore_takes_out_is_no_finding()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("Dockerfile", "FROM python\n");
        repository.Write(".dockerignore", "data.bin\npasswd\nvendor\n");
        repository.Write("data.bin", Pointer);
        repository.Link("passwd", "/etc/passwd");
        await repository.CommitAsync();
        await repository.GitAsync($"update-index --add --cacheinfo {Submodule}vendor/lib");
        await repository.GitAsync("commit --quiet --message submodule");

        Assert.Equal(2, (await host.InputsAsync(repository)).FileCount);
    }

    /// <summary>The second one is that of CVE-2025-48384: git wrote to where a link of that name without the carriage return leads.</summary>
    [Theory]
    [Threat(13)]
    [InlineData("x")]
    [InlineData("\"x\r\"")]
    public async Task A_hostile_gitmodules_reaches_nothing(string path)
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("Dockerfile", "FROM python\n");
        repository.Write(".gitmodules", $"[submodule \"x\"]\n\tpath = {path}\n\turl = ext::sh -c touch% pwned\n\tupdate = !touch pwned\n");
        await repository.CommitAsync();
        await repository.GitAsync($"update-index --add --cacheinfo {Submodule}x");
        await repository.GitAsync("commit --quiet --message submodule");

        Assert.Equal("x", Assert.Single(await host.FindingsAsync(repository)).File);
        Assert.Empty(Directory.EnumerateFiles(host.Data.Path, "pwned", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(Path.Combine(host.MirrorOf(repository.Connected), "modules")));
    }

    [Theory]
    [InlineData("", "Dockerfile.prod", "build.dockerfile", "there is no 'Dockerfile.prod'")]
    [InlineData("", "../Dockerfile", "build.dockerfile", "not inside the repository")]
    [InlineData("", "a/../../Dockerfile", "build.dockerfile", "not inside the repository")]
    [InlineData("", "/etc/passwd", "build.dockerfile", "not inside the repository")]
    [InlineData("", "link/Dockerfile", "build.dockerfile", "'link' is a symlink, not a folder")]
    [InlineData("none", "Dockerfile", "build.context", "there is no 'none'")]
    [InlineData("../..", "Dockerfile", "build.context", "not inside the repository")]
    [InlineData("Dockerfile", "Dockerfile", "build.context", "'Dockerfile' is a file, not a folder")]
    [InlineData("link", "Dockerfile", "build.context", "'link' is a symlink, not a folder")]
    public async Task A_path_of_the_manifest_that_leads_nowhere_is_found_in_the_manifest(string context, string dockerfile, string key, string message)
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("Dockerfile", "FROM python\n");
        repository.Link("link", ".");
        await repository.CommitAsync();

        var finding = Assert.Single(await host.FindingsAsync(repository, new BuildSpec { Context = context, Dockerfile = dockerfile }));

        Assert.Equal(("trigger.yaml", key), (finding.File, finding.Path));
        Assert.Contains(message, finding.Message);
    }

    [Fact]
    public async Task A_Dockerfile_that_is_a_link_a_folder_a_pointer_or_huge_is_a_finding()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Link("link/Dockerfile", "other");
        repository.Write("folder/Dockerfile/file", "");
        repository.Write("pointer/Dockerfile", Pointer);
        repository.Write("huge/Dockerfile", "FROM python\n" + new string('#', 256 << 10));
        repository.Write("empty/Dockerfile", "# nothing\n");
        await repository.CommitAsync();
        var seen = new List<string>();

        foreach (var name in new[] { "link", "folder", "pointer", "huge", "empty" })
            seen.AddRange((await host.FindingsAsync(repository, new BuildSpec { Context = "folder", Dockerfile = name + "/Dockerfile" })).Select(finding => finding.ToString()));

        Assert.Equal(5, seen.Count);
        Assert.Contains("link/Dockerfile: error: it is a symlink", seen[0]);
        Assert.Contains("folder/Dockerfile: error: it is a folder", seen[1]);
        Assert.Contains("pointer/Dockerfile: error: it is a Git LFS pointer", seen[2]);
        Assert.Contains("huge/Dockerfile: error: it has 262156 bytes; the limit is 262144", seen[3]);
        Assert.Contains("empty/Dockerfile: error: it has no FROM", seen[4]);
    }

    [Fact]
    public async Task A_wrong_ignore_file_is_a_finding_with_its_line()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("Dockerfile", "FROM python\n");
        repository.Write(".dockerignore", "*.log\n[a\n!\n");
        await repository.CommitAsync();

        Assert.Equal([".dockerignore:2", ".dockerignore:3"], (await host.FindingsAsync(repository)).Select(finding => finding.Location));
    }

    [Fact]
    public async Task An_ignore_file_that_is_a_symlink_is_a_finding()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("Dockerfile", "FROM python\n");
        repository.Link(".dockerignore", "/proc/self/environ");
        await repository.CommitAsync();

        Assert.Contains("it is a symlink", Assert.Single(await host.FindingsAsync(repository)).Message);
    }

    [Fact]
    public async Task Entries_that_only_a_hostile_tree_holds_are_findings()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var file = $"100644 blob {await repository.BlobAsync("FROM python\n")}\t";
        var link = $"120000 blob {await repository.BlobAsync("sub")}\t";
        await repository.CommitTreeAsync(file + "..", file + ".git", file + "Dockerfile", link + "twice", file + "twice", file + new string('n', 256));

        var findings = await host.FindingsAsync(repository);

        Assert.Equal(["..", ".git", new string('n', 256), "twice"], findings.Select(finding => finding.File).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_number_of_entries_and_bytes_is_limited()
    {
        using var repository = await GitRepository.CreateAsync();
        repository.Write("Dockerfile", "FROM python\n");
        for (var i = 0; i < 20; i++)
            repository.Write($"file{i}", new string('x', 100));
        await repository.CommitAsync();
        using var few = new SourcesHost(new Limits { ContextEntries = 10 });
        using var small = new SourcesHost(new Limits { ContextBytes = 1000 });

        Assert.Contains("more than 10 entries", Assert.Single(await few.FindingsAsync(repository)).Message);
        Assert.Contains("more than 1000 bytes", Assert.Single(await small.FindingsAsync(repository)).Message);
    }

    [Fact]
    public async Task A_tree_that_unfolds_to_ten_billion_files_is_refused_at_once()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var dockerfile = $"100644 blob {await repository.BlobAsync("FROM python\n")}\tDockerfile";
        var ignore = $"100644 blob {await repository.BlobAsync("d0\n!none\n")}\t.dockerignore";
        var entry = $"100644 blob {await repository.BlobAsync("x")}\tfile";
        for (var level = 0; level < 10; level++)
        {
            var tree = await repository.GitAsync(["mktree"], entry + "\n");
            entry = string.Join('\n', Enumerable.Range(0, 10).Select(i => $"040000 tree {tree}\td{i}"));
        }
        await repository.CommitTreeAsync(dockerfile, ignore, entry);

        Assert.Contains("more than", Assert.Single(await host.FindingsAsync(repository)).Message);
    }

    [Fact]
    public async Task Patterns_that_would_keep_the_engine_busy_are_refused()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost(new Limits { ContextEntries = 100 });
        repository.Write("Dockerfile", "FROM python\n");
        repository.Write(".dockerignore", string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat("**a*", 200)) + "b\n", 50)));
        for (var i = 0; i < 20; i++)
            repository.Write($"{new string('a', 200)}{i}", "");
        await repository.CommitAsync();

        Assert.Contains("patterns of its .dockerignore", Assert.Single(await host.FindingsAsync(repository)).Message);
    }

    [Fact]
    public async Task A_flood_of_findings_is_cut()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("Dockerfile", "FROM python\n");
        for (var i = 0; i < 70; i++)
            repository.Link($"link{i}", "/etc/passwd");
        await repository.CommitAsync();

        var findings = await host.FindingsAsync(repository);

        Assert.Equal(51, findings.Count);
        Assert.Contains("20 more", findings[^1].Message);
    }

    [Fact]
    public async Task A_target_that_is_no_stage_is_found_in_the_manifest()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("Dockerfile", "FROM python AS base\nFROM base AS runtime\n");
        await repository.CommitAsync();
        var spec = new BuildSpec { Context = "", Dockerfile = "Dockerfile" };

        var finding = Assert.Single(await host.FindingsAsync(repository, spec with { Target = "runtme" }));

        Assert.Equal("build.target", finding.Path);
        Assert.Contains("base, runtime", finding.Fix);
        await host.InputsAsync(repository, spec with { Target = "RunTime" });
        await host.InputsAsync(repository, spec with { Target = "1" });
    }
}
