using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class BuildInputsSpecs
{
    private static readonly BuildSpec Job = new() { Context = "job", Dockerfile = "job/Dockerfile" };

    [Fact]
    public async Task Equal_inputs_have_one_hash_by_whatever_history_they_came()
    {
        using var repository = await JobAsync();
        using var host = new SourcesHost();
        var old = (await host.InputsAsync(repository, Job)).Hash;
        await repository.GitAsync("branch merged");
        await repository.GitAsync("branch squashed");
        await repository.CommitAsync("other/file.txt", "elsewhere");
        await repository.CommitAsync("job/main.sh", "echo 2");
        var hash = (await host.InputsAsync(repository, Job)).Hash;
        await repository.GitAsync("checkout --quiet merged");
        await repository.CommitAsync("README.md", "meanwhile");
        await repository.GitAsync("merge --quiet --no-ff --message merge main");
        await repository.GitAsync("checkout --quiet squashed");
        await repository.GitAsync("merge --quiet --squash main");
        await repository.CommitAsync();
        await repository.GitAsync("checkout --quiet -b rebased merged");
        await repository.GitAsync("reset --quiet --hard squashed~1");
        await repository.CommitAsync("LICENSE", "first");
        await repository.GitAsync("cherry-pick main");
        await repository.GitAsync("checkout --quiet -b reverted main");
        await repository.GitAsync("revert --no-edit HEAD");

        Assert.NotEqual(old, hash);
        Assert.Equal(hash, (await host.InputsAsync(repository, Job, "merged")).Hash);
        Assert.Equal(hash, (await host.InputsAsync(repository, Job, "squashed")).Hash);
        Assert.Equal(hash, (await host.InputsAsync(repository, Job, "rebased")).Hash);
        Assert.Equal(old, (await host.InputsAsync(repository, Job, "reverted")).Hash);
    }

    [Theory]
    [InlineData("job/trigger.yaml")]
    [InlineData("job/sub/trigger.yaml")]
    [InlineData("job/new/folder/trigger.yaml")]
    [InlineData("job/ignored.log")]
    [InlineData("job/tmp/deep/file")]
    [InlineData("other/file.txt")]
    public async Task The_hash_does_not_change_with(string file)
    {
        using var repository = await JobAsync();
        using var host = new SourcesHost();
        var before = await host.InputsAsync(repository, Job);

        await repository.CommitAsync(file, "changed");

        var after = await host.InputsAsync(repository, Job);
        Assert.Equal(before.Hash, after.Hash);
        Assert.Equal(before.FileCount, after.FileCount);
        Assert.NotEqual(before.Commit, after.Commit);
    }

    [Theory]
    [InlineData("job/main.sh")]
    [InlineData("job/new.txt")]
    [InlineData("job/Dockerfile")]
    [InlineData("job/.dockerignore")]
    [InlineData("job/sub/lib.sh")]
    [InlineData("job/ünï code 🚀.txt")]
    public async Task The_hash_changes_with(string file)
    {
        using var repository = await JobAsync();
        using var host = new SourcesHost();
        var before = await host.InputsAsync(repository, Job);

        await repository.CommitAsync(file, "FROM python\nUSER 1\n");

        Assert.NotEqual(before.Hash, (await host.InputsAsync(repository, Job)).Hash);
    }

    [Fact]
    public async Task The_hash_changes_with_a_mode_and_a_link()
    {
        using var repository = await JobAsync();
        using var host = new SourcesHost();
        var hashes = new List<InputHash> { (await host.InputsAsync(repository, Job)).Hash };
        repository.MakeExecutable("job/main.sh");
        await repository.CommitAsync();
        hashes.Add((await host.InputsAsync(repository, Job)).Hash);
        repository.Delete("job/main.sh");
        repository.Link("job/main.sh", "echo 1");
        await repository.CommitAsync();
        hashes.Add((await host.InputsAsync(repository, Job)).Hash);

        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Fact]
    public async Task The_hash_changes_with_target_arguments_context_and_Dockerfile_but_not_with_the_order_of_arguments()
    {
        using var repository = await JobAsync();
        using var host = new SourcesHost();
        BuildSpec[] different =
        [
            Job,
            Job with { Target = "base" },
            Job with { Args = new Dictionary<string, string> { ["A"] = "1" } },
            Job with { Args = new Dictionary<string, string> { ["A"] = "2" } },
            Job with { Args = new Dictionary<string, string> { ["A1"] = "" } },
            Job with { Args = new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" } },
            Job with { Context = "job/sub" },
            Job with { Context = "" },
            Job with { Dockerfile = "job/Other" },
        ];
        var reordered = Job with { Args = new Dictionary<string, string> { ["B"] = "2", ["A"] = "1" } };

        var hashes = new List<InputHash>();
        foreach (var spec in different)
            hashes.Add((await host.InputsAsync(repository, spec)).Hash);

        Assert.Equal(different.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[5], (await host.InputsAsync(repository, reordered)).Hash);
    }

    [Fact]
    public async Task Moving_the_whole_folder_changes_nothing_and_moving_a_file_in_it_does()
    {
        using var repository = await JobAsync();
        using var host = new SourcesHost();
        var before = (await host.InputsAsync(repository, Job)).Hash;

        await repository.GitAsync("mv job renamed");
        await repository.CommitAsync();
        var moved = (await host.InputsAsync(repository, new BuildSpec { Context = "renamed", Dockerfile = "renamed/Dockerfile" })).Hash;
        await repository.GitAsync("mv renamed/main.sh renamed/sub/main.sh");
        await repository.CommitAsync();
        var inside = (await host.InputsAsync(repository, new BuildSpec { Context = "renamed", Dockerfile = "renamed/Dockerfile" })).Hash;

        Assert.Equal(before, moved);
        Assert.NotEqual(moved, inside);
    }

    [Fact]
    public async Task Patterns_that_take_nothing_out_change_nothing_when_they_are_not_part_of_the_context()
    {
        using var repository = await JobAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync("job/.dockerignore", ".dockerignore\n*.log\ntmp\n");
        var before = await host.InputsAsync(repository, Job);

        await repository.CommitAsync("job/.dockerignore", ".dockerignore\n*.log\ntmp\nsub/none\n!sub/lib.sh\n");

        Assert.Equal(before.Hash, (await host.InputsAsync(repository, Job)).Hash);
    }

    [Fact]
    public async Task The_Dockerfiles_own_ignore_file_comes_first()
    {
        using var repository = await JobAsync();
        using var host = new SourcesHost();
        Assert.Equal(5, (await host.InputsAsync(repository, Job)).FileCount);

        await repository.CommitAsync("job/Dockerfile.dockerignore", "*\n!main.sh\n");

        Assert.Equal(1, (await host.InputsAsync(repository, Job)).FileCount);
    }

    [Fact]
    public async Task The_hash_is_the_same_in_every_release_of_the_engine()
    {
        Assert.SkipUnless(GitOps.Triggers.Sources.BuildPlatform.Current == "linux/amd64", "the hash below is of linux/amd64");
        using var repository = await JobAsync();
        using var host = new SourcesHost();

        var hash = (await host.InputsAsync(repository, Job with { Target = "base", Args = new Dictionary<string, string> { ["A"] = "1" } })).Hash;

        Assert.Equal("92ee8f30582c22d66c84430ab347d9765e872be5aa6b389707f53e66cd434187", hash.Value); // another value rebuilds every image of every user: raise InputHasher.Version and say so in CHANGELOG.md
    }

    private static async Task<GitRepository> JobAsync()
    {
        var repository = await GitRepository.CreateAsync();
        repository.Write("README.md", "about");
        repository.Write("job/trigger.yaml", "name: job\n");
        repository.Write("job/Dockerfile", "FROM python AS base\nUSER 1000\n");
        repository.Write("job/Other", "FROM python AS base\nUSER 1000\n");
        repository.Write("job/.dockerignore", "*.log\ntmp\n");
        repository.Write("job/main.sh", "echo 1");
        repository.Write("job/sub/lib.sh", "echo lib");
        repository.Write("job/ignored.log", "noise");
        repository.Write("job/tmp/file", "noise");
        await repository.CommitAsync();
        return repository;
    }
}
