using System.Text;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Manifests;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class SnapshotReaderSpecs
{
    [Fact]
    public async Task I_can_read_every_manifest_of_a_commit()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("trigger.yaml", "name: root\r\n");
        repository.Write("jobs/a/trigger.yaml", "name: a\n");
        repository.Write("jobs/deep/er/🚀/trigger.yaml", "name: b\n");
        repository.Write("jobs/trigger.yaml.txt", "no");
        repository.Write("jobs/Trigger.yaml", "no");
        var commit = await repository.CommitAsync();

        var snapshot = await host.SnapshotAsync(repository);

        Assert.Equal(commit, snapshot.Commit);
        Assert.Equal(["jobs/a/trigger.yaml", "jobs/deep/er/🚀/trigger.yaml", "trigger.yaml"], snapshot.Manifests.Select(manifest => manifest.Path));
        Assert.Equal("name: root\r\n", Encoding.UTF8.GetString(snapshot.Manifests[2].Content.Span));
        Assert.Empty(snapshot.Findings);
    }

    [Theory]
    [Threat(12)]
    [InlineData("/proc/self/environ")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("other.yaml")]
    public async Task A_manifest_that_is_a_symlink_is_a_finding_that_shows_nothing(string target)
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("other.yaml", "name: other");
        repository.Link("job/trigger.yaml", target);
        await repository.CommitAsync();

        var snapshot = await host.SnapshotAsync(repository);

        Assert.Empty(snapshot.Manifests);
        var finding = Assert.Single(snapshot.Findings);
        Assert.Equal("job/trigger.yaml", finding.File);
        Assert.Contains("it is a symlink", finding.Message);
        Assert.DoesNotContain("PATH", finding.ToString());
        Assert.DoesNotContain("root", finding.ToString());
    }

    [Fact]
    public async Task A_manifest_that_is_a_folder_or_a_submodule_is_a_finding()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("a/trigger.yaml/file", "");
        await repository.CommitAsync();
        await repository.GitAsync("update-index --add --cacheinfo 160000,1111111111111111111111111111111111111111,b/trigger.yaml");
        await repository.GitAsync("commit --quiet --message submodule");

        var findings = (await host.SnapshotAsync(repository)).Findings;

        Assert.Contains("a folder", findings[0].Message);
        Assert.Contains("a submodule", findings[1].Message);
    }

    /// <summary>It is text, so it is read; what it says is no manifest.</summary>
    [Fact]
    [Threat(13)]
    public async Task A_manifest_that_is_an_LFS_pointer_fetches_nothing_and_is_refused()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("trigger.yaml", $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize 12345\n");
        await repository.CommitAsync();

        var manifest = Assert.Single((await host.SnapshotAsync(repository)).Manifests);

        Assert.NotEmpty(ManifestReader.Read(manifest, Tests.Manifests.Repository.Context).Findings);
        Assert.False(Directory.Exists(Path.Combine(host.MirrorOf(repository.Connected), "lfs")));
    }

    [Fact]
    [Threat(15)]
    public async Task A_manifest_of_100_MB_is_a_finding_and_never_in_memory()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await using (var file = File.Create(Path.Combine(repository.Path, "trigger.yaml")))
            file.SetLength(100 << 20);
        await repository.CommitAsync();
        await host.HeadAsync(repository.Connected);
        var before = Environment.WorkingSet;

        var snapshot = await host.SnapshotAsync(repository);

        Assert.Empty(snapshot.Manifests);
        Assert.Contains("104857600 bytes; the limit is 65536", Assert.Single(snapshot.Findings).Message);
        Assert.True(Environment.WorkingSet - before < 80 << 20);
    }

    [Fact]
    public async Task A_manifest_at_the_limit_is_read()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("a/trigger.yaml", new string('#', 64 << 10));
        repository.Write("b/trigger.yaml", new string('#', (64 << 10) + 1));
        await repository.CommitAsync();

        var snapshot = await host.SnapshotAsync(repository);

        Assert.Equal("a/trigger.yaml", Assert.Single(snapshot.Manifests).Path);
        Assert.Equal("b/trigger.yaml", Assert.Single(snapshot.Findings).File);
    }

    [Fact]
    public async Task Of_manifests_beyond_their_number_one_is_read_that_tells_of_the_others()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost(new Limits { ManifestsPerRepository = 3 });
        foreach (var name in "abcdef")
            repository.Write($"{name}/trigger.yaml", "");
        await repository.CommitAsync();

        var snapshot = await host.SnapshotAsync(repository);

        Assert.Equal(["a", "b", "c", "d"], snapshot.Manifests.Select(file => file.Path[..1]));
        Assert.Empty(snapshot.Findings);
    }

    [Fact]
    public async Task Files_that_cannot_be_read_are_told_to_a_bounded_number()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost(new Limits { ManifestsPerRepository = 3 });
        foreach (var name in "abcdefgh")
            repository.Link($"{name}/trigger.yaml", "elsewhere.yaml");
        await repository.CommitAsync();

        var snapshot = await host.SnapshotAsync(repository);

        Assert.Equal(5, snapshot.Findings.Count);
        Assert.Contains("those after them are not looked at", snapshot.Findings[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    [Threat(15)]
    public async Task A_tree_that_unfolds_to_ten_billion_manifests_is_read_at_once()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var entry = $"100644 blob {await repository.BlobAsync("name: bomb")}\ttrigger.yaml";
        for (var level = 0; level < 10; level++)
        {
            var tree = await repository.GitAsync(["mktree"], entry + "\n");
            entry = string.Join('\n', Enumerable.Range(0, 10).Select(i => $"040000 tree {tree}\td{i}"));
        }
        await repository.CommitTreeAsync(entry);

        var snapshot = await host.SnapshotAsync(repository);

        Assert.Equal(201, snapshot.Manifests.Count);
        Assert.Empty(snapshot.Findings);
    }

    [Fact]
    public async Task Folders_too_deep_are_a_finding_and_the_rest_is_read()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var tree = await repository.GitAsync(["mktree"], $"100644 blob {await repository.BlobAsync("")}\ttrigger.yaml\n");
        for (var level = 0; level < 150; level++)
            tree = await repository.GitAsync(["mktree"], $"040000 tree {tree}\td\n");
        await repository.CommitTreeAsync($"040000 tree {tree}\tdeep", $"100644 blob {await repository.BlobAsync("")}\ttrigger.yaml");

        var snapshot = await host.SnapshotAsync(repository);

        Assert.Equal("trigger.yaml", Assert.Single(snapshot.Manifests).Path);
        Assert.Contains("more than 100 deep", Assert.Single(snapshot.Findings).Message);
    }

    [Fact]
    public async Task A_folder_of_half_a_million_names_is_not_loaded()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var blob = await repository.BlobAsync("FROM python\n");
        var names = string.Concat(Enumerable.Range(0, 500_000).Select(i => $"100644 blob {blob}\tfile{i:D8}\n"));
        var tree = await repository.GitAsync(["mktree"], names);
        await repository.CommitTreeAsync($"040000 tree {tree}\tlarge", $"100644 blob {blob}\tDockerfile", $"100644 blob {blob}\ttrigger.yaml");

        var snapshot = await host.SnapshotAsync(repository);
        var refusal = Assert.Single(await host.FindingsAsync(repository));
        await repository.GitAsync(["update-ref", "HEAD", await repository.GitAsync(["commit-tree", "-m", "Large", tree])]);
        var commit = (await host.HeadAsync(repository.Connected))!;

        Assert.Equal("trigger.yaml", Assert.Single(snapshot.Manifests).Path);
        Assert.Contains("too many entries", Assert.Single(snapshot.Findings).Message);
        Assert.Equal("large", refusal.File);
        Assert.Contains("root folder", Assert.Single(SourcesHost.Rejected(
            await host.Snapshots.ReadAsync(repository.Connected, commit, TestContext.Current.CancellationToken))).Message);
    }

    [Fact]
    public async Task A_commit_message_of_megabytes_is_not_loaded()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();
        var commit = CommitSha.Parse(await repository.GitAsync(["commit-tree", "-F", "-", "HEAD^{tree}"], new string('m', 2 << 20)));
        await repository.GitAsync("update-ref HEAD " + commit);
        await host.HeadAsync(repository.Connected);

        var result = await host.Snapshots.ReadAsync(repository.Connected, commit, TestContext.Current.CancellationToken);

        Assert.Contains("message of more than 1 MiB", Assert.Single(SourcesHost.Rejected(result)).Message);
    }

    [Fact]
    public async Task A_folder_whose_name_is_a_path_is_not_entered()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var tree = await repository.GitAsync(["mktree"], $"100644 blob {await repository.BlobAsync("")}\ttrigger.yaml\n");
        await repository.CommitTreeAsync($"040000 tree {tree}\t..", $"040000 tree {tree}\t.git", $"040000 tree {tree}\tjob");

        var snapshot = await host.SnapshotAsync(repository);

        Assert.Equal("job/trigger.yaml", Assert.Single(snapshot.Manifests).Path);
        Assert.Equal(2, snapshot.Findings.Count);
    }

    [Fact]
    public async Task A_commit_that_is_not_in_the_mirror_is_tried_again()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();
        await host.HeadAsync(repository.Connected);
        var gone = CommitSha.Parse(new string('1', 40));

        var result = await host.Snapshots.ReadAsync(repository.Connected, gone, TestContext.Current.CancellationToken);

        Assert.Contains("1111111111", SourcesHost.Retry(result));
    }
}
