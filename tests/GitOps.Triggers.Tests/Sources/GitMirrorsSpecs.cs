using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class GitMirrorsSpecs
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task I_can_follow_a_branch()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var first = await repository.CommitAsync("a.txt", "1");
        Assert.Equal(first, await host.HeadAsync(repository.Connected));

        var second = await repository.CommitAsync("a.txt", "2");

        Assert.Equal(second, await host.HeadAsync(repository.Connected));
    }

    [Fact]
    public async Task A_fetch_is_shared_by_all_that_were_asked_for_before_it_began()
    {
        using var repository = await GitRepository.CreateAsync();
        var time = new FakeTimeProvider();
        using var host = new SourcesHost(time: time);
        var first = await repository.CommitAsync("a.txt", "1");
        var asked = time.GetTimestamp();
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(first, await HeadAsync(host, repository, asked));

        var second = await repository.CommitAsync("a.txt", "2");
        Assert.Equal(first, await HeadAsync(host, repository, asked));
        // Asked for since, be it at the very moment at which that fetch began.
        Assert.Equal(second, await HeadAsync(host, repository, time.GetTimestamp()));

        var third = await repository.CommitAsync("a.txt", "3");
        Assert.Equal(third, await HeadAsync(host, repository, null));
    }

    [Fact]
    public async Task A_fetch_that_failed_is_shared_with_nobody_who_asks_later()
    {
        using var repository = await GitRepository.CreateAsync();
        var time = new FakeTimeProvider();
        using var host = new SourcesHost(time: time);
        await repository.CommitAsync("a.txt", "1");
        var asked = time.GetTimestamp();
        time.Advance(TimeSpan.FromTicks(1));
        Directory.Move(repository.Path, repository.Path + ".away");
        SourcesHost.Rejected(await host.Mirrors.HeadAsync(repository.Connected, BranchName.Parse("main"), asked, Ct));

        Directory.Move(repository.Path + ".away", repository.Path);

        Assert.Equal(await repository.HeadAsync(), await HeadAsync(host, repository, asked));
    }

    [Fact]
    public async Task I_can_follow_a_branch_through_a_force_push()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var first = await repository.CommitAsync("a.txt", "1");
        await repository.CommitAsync("a.txt", "2");
        await host.HeadAsync(repository.Connected);

        await repository.GitAsync("reset --quiet --hard " + first);
        var rewritten = await repository.CommitAsync("a.txt", "3");

        Assert.Equal(rewritten, await host.HeadAsync(repository.Connected));
    }

    [Fact]
    public async Task A_branch_that_is_missing_or_has_vanished_is_no_failure()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();
        Assert.Null(await host.HeadAsync(repository.Connected, "prod"));
        await repository.GitAsync("branch prod");
        Assert.NotNull(await host.HeadAsync(repository.Connected, "prod"));

        await repository.GitAsync("branch -D prod");

        Assert.Null(await host.HeadAsync(repository.Connected, "prod"));
    }

    [Fact]
    public async Task A_repository_without_a_commit_has_no_branch() =>
        Assert.Null(await EmptyHeadAsync());

    [Fact]
    public async Task A_branch_may_take_the_name_of_another_ones_folder()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();
        await repository.GitAsync("branch env");
        await host.HeadAsync(repository.Connected, "env");

        await repository.GitAsync("branch -m env env/prod");

        Assert.NotNull(await host.HeadAsync(repository.Connected, "env/prod"));
        Assert.Null(await host.HeadAsync(repository.Connected, "env"));
    }

    [Theory]
    [Threat(14)]
    [InlineData("--upload-pack=touch${IFS}pwned")]
    [InlineData("$(touch${IFS}pwned)")]
    [InlineData("`touch${IFS}pwned`")]
    [InlineData("'\"&|;#")]
    [InlineData("🚀/ünïcode")]
    [InlineData(null)] // 250 characters
    public async Task A_branch_name_is_data(string? given)
    {
        var name = given ?? new string('a', 250);
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var main = await repository.CommitAsync();
        await repository.GitAsync(["update-ref", "refs/heads/" + name, "HEAD"]);

        Assert.Equal(main, await host.HeadAsync(repository.Connected));
        var heads = SourcesHost.Done(await host.Mirrors.RemoteHeadsAsync(repository.Connected, Ct));

        Assert.Equal(main, heads[BranchName.Parse("main")]);
        if (BranchName.TryParse(name, out var branch))
        {
            Assert.Equal(main, await host.HeadAsync(repository.Connected, name));
            Assert.Equal(main, heads[branch]);
        }
        Assert.Empty(Directory.EnumerateFiles(host.Data.Path, "pwned", SearchOption.AllDirectories));
        Assert.False(File.Exists("pwned"));
    }

    [Fact]
    public async Task I_can_see_all_remote_branches_without_a_fetch()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        var first = await repository.CommitAsync("a.txt", "1");
        await repository.GitAsync("branch prod");
        await repository.GitAsync("tag main"); // a tag of a branch's name is not the branch
        var second = await repository.CommitAsync("a.txt", "2");

        var heads = SourcesHost.Done(await host.Mirrors.RemoteHeadsAsync(repository.Connected, Ct));

        Assert.Equal(new Dictionary<BranchName, CommitSha> { [BranchName.Parse("main")] = second, [BranchName.Parse("prod")] = first }, heads);
        Assert.False(Directory.Exists(host.MirrorOf(repository.Connected)));
    }

    [Fact]
    public async Task Only_branches_are_fetched()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        await repository.CommitAsync();
        await repository.GitAsync("update-ref refs/pull/1/head HEAD");
        await repository.GitAsync("tag v1");
        await host.HeadAsync(repository.Connected);

        using var mirror = new LibGit2Sharp.Repository(host.MirrorOf(repository.Connected));
        Assert.Equal("refs/heads/main", Assert.Single(mirror.Refs).CanonicalName);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_refused_with_what_to_do()
    {
        using var folder = new TempFolder();
        using var host = new SourcesHost();
        var missing = GitRepository.Connect(RepositoryUrl.Parse($"file://{folder.Path}/none.git"));

        var finding = Assert.Single(SourcesHost.Rejected(await host.Mirrors.HeadAsync(missing, BranchName.Parse("main"), Ct)));

        Assert.Contains("not found", finding.Message);
        Assert.Contains("Check the URL", finding.Fix);
        Assert.Contains("not found", Assert.Single(SourcesHost.Rejected(await host.Mirrors.RemoteHeadsAsync(missing, Ct))).Message);
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_tried_again()
    {
        using var host = new SourcesHost();
        var closed = GitRepository.Connect(RepositoryUrl.Parse("https://127.0.0.1:1/a.git"));

        Assert.Contains("does not answer", SourcesHost.Retry(await host.Mirrors.HeadAsync(closed, BranchName.Parse("main"), Ct)));
    }

    private static async Task<CommitSha?> HeadAsync(SourcesHost host, GitRepository repository, long? since) =>
        SourcesHost.Done(await host.Mirrors.HeadAsync(repository.Connected, BranchName.Parse("main"), since, Ct)).Commit;

    private static async Task<CommitSha?> EmptyHeadAsync()
    {
        using var repository = await GitRepository.CreateAsync();
        using var host = new SourcesHost();
        return await host.HeadAsync(repository.Connected);
    }
}
