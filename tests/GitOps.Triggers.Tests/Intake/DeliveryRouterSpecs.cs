using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class DeliveryRouterSpecs
{
    private static readonly RepositoryDirectory Repositories = new([Connected("https://github.com/Example/Jobs.git"), Connected("file:///srv/git/Local.git")]);

    [Theory]
    [InlineData("https://github.com/example/jobs.git")]
    [InlineData("https://github.com/example/jobs")]
    [InlineData("https://github.com/example/jobs/")]
    [InlineData("git@github.com:example/jobs.git")]
    [InlineData("ssh://git@github.com/example/jobs.git")]
    [InlineData("file:///srv/git/Local.git")]
    [InlineData("file:///srv/git/Local")]
    public void A_repository_is_found_by_any_of_its_addresses(string url) =>
        Assert.Single(Route(new DeliveryIntent.Pushed(Claim(url), BranchName.Parse("main"))).Keys);

    [Theory]
    [Threat(8)]
    [InlineData("https://github.com/example/jobs2.git")]
    [InlineData("https://github.example/example/jobs.git")]
    [InlineData("https://github.com/jobs.git")]
    [InlineData("file:///srv/git/local.git")]
    public void Another_address_is_another_repository(string url) =>
        Assert.Empty(Route(new DeliveryIntent.Pushed(Claim(url), BranchName.Parse("main"))).Keys);

    [Fact]
    public void A_name_counts_when_no_address_does()
    {
        var named = Repositories.Source[0] with { Name = "example/jobs" };
        var claimed = new ClaimedRepository { FullName = "Example/jobs", Urls = [RepositoryUrl.Parse("https://mirror.example/x.git")] };

        Assert.Equal([named], new RepositoryDirectory([named]).Find(claimed));
    }

    [Fact]
    public void Every_environment_that_the_branch_feeds_is_marked()
    {
        var main = IntakeEngine.DevAndProd.Environments[0];
        EnvironmentDefinition[] environments = [main, main with { Name = EnvironmentName.Parse("qa") }, IntakeEngine.DevAndProd.Environments[1]];

        var route = DeliveryRouter.Route(new DeliveryIntent.PullRequestMerged(Claim("https://github.com/example/jobs"), main.Branch), Repositories, environments);

        Assert.Equal(["dev", "qa"], route.Keys.Select(key => key.Environment.Value));
        Assert.Equal(("marked dev, qa", "pull request merged into main"), (route.Outcome, route.Reason));
    }

    [Fact]
    public void A_branch_that_feeds_nothing_is_ignored_and_the_answer_names_those_that_do()
    {
        var route = Route(new DeliveryIntent.BranchDeleted(Claim("https://github.com/example/jobs"), BranchName.Parse("feature/x")));

        Assert.Empty(route.Keys);
        Assert.Equal("ignored: no environment is fed by the branch 'feature/x' (main feeds dev, prod feeds prod)", route.Outcome);
        Assert.Equal(Repositories.Source[0].Id, route.Repository);
    }

    [Fact]
    public void Two_that_differ_only_in_the_way_they_are_reached_are_both_marked()
    {
        RepositoryDirectory both = new([Connected("https://git.example:8443/a/b.git"), Connected("ssh://git@git.example:2222/a/b.git")]);

        Assert.Equal(2, both.Find(Claim("https://git.example:8443/a/b.git")).Count);
    }

    private static DeliveryRoute Route(DeliveryIntent intent) => DeliveryRouter.Route(intent, Repositories, IntakeEngine.DevAndProd.Environments);

    private static ClaimedRepository Claim(string url) => new() { FullName = "nobody/knows", Urls = [RepositoryUrl.Parse(url)] };

    private static ConnectedRepository Connected(string url) => new()
    {
        Id = RepositoryId.FromUrl(RepositoryUrl.Parse(url)),
        Name = RepositoryUrl.Parse(url).ShortName,
        Url = RepositoryUrl.Parse(url),
        Configured = true,
        ConnectedAt = default,
    };
}
