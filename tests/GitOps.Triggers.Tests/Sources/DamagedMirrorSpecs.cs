using System.Security.Cryptography;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class DamagedMirrorSpecs
{
    private static readonly BranchName Main = BranchName.Parse("main");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clone_that_was_cut_short_is_finished_by_the_next_pass()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await File.WriteAllBytesAsync(Path.Combine(repository.Path, "large.bin"), RandomNumberGenerator.GetBytes(30 << 20), Ct);
        var head = await repository.CommitAsync();
        var packs = Path.Combine(host.MirrorOf(repository.Connected), "objects", "pack");
        using var shutdown = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var pass = host.Mirrors.HeadAsync(repository.Connected, Main, shutdown.Token);
        while (!pass.IsCompleted && !(Directory.Exists(packs) && Directory.EnumerateFiles(packs, "tmp_pack_*").Any()))
            await Task.Delay(1, Ct);
        await shutdown.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pass);

        Assert.Equal(head, await host.HeadAsync(repository.Connected));
        Assert.Empty(Directory.EnumerateFiles(packs, "tmp_*"));
    }

    [Fact]
    public async Task What_a_killed_git_left_behind_does_not_stop_the_next_one()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync("a.txt", "1");
        await host.HeadAsync(repository.Connected);
        var head = await repository.CommitAsync("a.txt", "2");
        var mirror = host.MirrorOf(repository.Connected);
        await File.WriteAllTextAsync(Path.Combine(mirror, "refs", "heads", "main.lock"), "", Ct);
        await File.WriteAllTextAsync(Path.Combine(mirror, "objects", "pack", "tmp_pack_killed"), "half", Ct);

        Assert.Equal(head, await host.HeadAsync(repository.Connected));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(mirror, "objects", "pack"), "tmp_*"));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("config")]
    public async Task A_mirror_that_lost_a_file_is_cloned_again(string file)
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var head = await repository.CommitAsync("a.txt", "1");
        await host.HeadAsync(repository.Connected);

        await File.WriteAllTextAsync(Path.Combine(host.MirrorOf(repository.Connected), file), "[", Ct);

        Assert.Equal(head, await host.HeadAsync(repository.Connected));
    }

    [Fact]
    public async Task A_mirror_whose_branch_points_nowhere_is_cloned_again()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync("a.txt", "1");
        await host.HeadAsync(repository.Connected);
        var head = await repository.CommitAsync("a.txt", "2");

        await File.WriteAllTextAsync(Path.Combine(host.MirrorOf(repository.Connected), "refs", "heads", "main"), new string('1', 40) + "\n", Ct);

        Assert.Equal(head, await host.HeadAsync(repository.Connected));
    }

    [Fact]
    public async Task A_pack_that_rots_is_noticed_when_read_and_cloned_again()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        repository.Write("trigger.yaml", string.Concat(Enumerable.Range(0, 1000)));
        var head = await repository.CommitAsync();
        await host.HeadAsync(repository.Connected);
        Spoil(host.MirrorOf(repository.Connected));

        Assert.Contains("cloned again", SourcesHost.Retry(await host.Snapshots.ReadAsync(repository.Connected, head, Ct)));

        Assert.Single((await host.SnapshotAsync(repository)).Manifests);
    }

    [Fact]
    [Threat(15)]
    public async Task A_repository_over_its_limit_is_refused_and_takes_no_room()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost(new Limits { RepositoryBytes = 1 << 20 });
        await File.WriteAllBytesAsync(Path.Combine(repository.Path, "large.bin"), RandomNumberGenerator.GetBytes(40 << 20), Ct);
        await repository.CommitAsync();

        var finding = Assert.Single(SourcesHost.Rejected(await host.Mirrors.HeadAsync(repository.Connected, Main, Ct)));

        Assert.Contains("larger than the limit of 1 MiB", finding.Message);
        Assert.False(Directory.Exists(host.MirrorOf(repository.Connected)));
    }

    [Fact]
    public async Task What_force_pushes_left_does_not_count_against_the_limit()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost(new Limits { RepositoryBytes = 3 << 20 });
        await repository.CommitAsync();
        for (var i = 0; i < 3; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(repository.Path, "large.bin"), RandomNumberGenerator.GetBytes(1 << 20), Ct);
            await repository.GitAsync("add --all");
            await repository.GitAsync("commit --quiet --amend --message again");

            Assert.Equal(await repository.HeadAsync(), await host.HeadAsync(repository.Connected));
        }
    }

    [Fact]
    public async Task A_mirror_of_many_packs_is_packed_anew()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();
        await host.HeadAsync(repository.Connected);
        var packs = Path.Combine(host.MirrorOf(repository.Connected), "objects", "pack");
        for (var i = 0; i < 60; i++)
        {
            var blob = await repository.BlobAsync("content " + i);
            await repository.GitAsync(["pack-objects", "--quiet", Path.Combine(packs, "pack")], blob + "\n");
        }

        var head = await repository.CommitAsync();

        Assert.Equal(head, await host.HeadAsync(repository.Connected));
        Assert.Single(Directory.EnumerateFiles(packs, "*.pack"));
    }

    [Fact]
    public async Task A_folder_of_another_user_is_refused_with_what_to_do()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a folder to another user");
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();
        await CliWrap.Cli.Wrap("chown").WithArguments(["-R", "12345", repository.Path]).ExecuteAsync(Ct);

        var finding = Assert.Single(SourcesHost.Rejected(await host.Mirrors.HeadAsync(repository.Connected, Main, Ct)));

        Assert.Contains("belongs to another user", finding.Message);
        Assert.Contains("safe.directory", finding.Fix);
    }

    private static void Spoil(string mirror)
    {
        var pack = Directory.EnumerateFiles(Path.Combine(mirror, "objects", "pack"), "*.pack").Single();
        File.SetUnixFileMode(pack, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var file = File.OpenWrite(pack);
        file.Position = 12;
        file.Write(new byte[file.Length - 12 - 20]);
    }
}
