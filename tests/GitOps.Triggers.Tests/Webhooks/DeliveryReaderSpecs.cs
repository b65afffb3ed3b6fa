using GitOps.Triggers.Domain;
using GitOps.Triggers.Webhooks;
using Xunit;

namespace GitOps.Triggers.Tests.Webhooks;

public class DeliveryReaderSpecs
{
    private static readonly Payload Repository = new() { FullName = "example/jobs", CloneUrl = "https://github.com/example/jobs.git", SshUrl = "git@github.com:example/jobs.git" };

    [Fact]
    public void A_push_to_a_branch_is_a_push()
    {
        var push = Assert.IsType<DeliveryIntent.Pushed>(DeliveryReader.Read("push", Repository with { Ref = "refs/heads/team/main" }));

        Assert.Equal("team/main", push.Branch.Value);
        Assert.Equal("example/jobs", push.Repository.FullName);
        Assert.Equal(["https://github.com/example/jobs.git", "ssh://git@github.com/example/jobs.git"], push.Repository.Urls.Select(url => url.Value));
    }

    [Fact]
    public void A_push_that_deletes_and_a_delete_of_a_branch_are_deletions()
    {
        Assert.IsType<DeliveryIntent.BranchDeleted>(DeliveryReader.Read("push", Repository with { Ref = "refs/heads/main", Deleted = true }));
        Assert.IsType<DeliveryIntent.BranchDeleted>(DeliveryReader.Read("delete", Repository with { Ref = "main", RefType = "branch" }));
    }

    [Fact]
    public void A_pull_request_counts_when_it_is_closed_by_a_merge()
    {
        var merged = Repository with { Action = "closed", Merged = true, BaseRef = "prod" };

        Assert.Equal("prod", Assert.IsType<DeliveryIntent.PullRequestMerged>(DeliveryReader.Read("pull_request", merged)).Base.Value);
        Assert.IsType<DeliveryIntent.Ignored>(DeliveryReader.Read("pull_request", merged with { Merged = false }));
        Assert.IsType<DeliveryIntent.Ignored>(DeliveryReader.Read("pull_request", merged with { Action = "edited" }));
    }

    [Fact]
    public void A_ping_is_a_ping() => Assert.IsType<DeliveryIntent.Ping>(DeliveryReader.Read("ping", new Payload()));

    [Theory]
    [InlineData("push", null, "the push names no ref")]
    [InlineData("push", "refs/tags/v1", "'refs/tags/v1' is not a branch")]
    [InlineData("push", "refs/heads/", "'' is not a branch name that git accepts")]
    [InlineData("push", "refs/heads/--upload-pack=touch x", "'--upload-pack=touch x' is not a branch name that git accepts")]
    [InlineData("push", "refs/heads/a\u001b[31m", "'a\\u001b[31m' is not a branch name that git accepts")]
    [InlineData("delete", "v1", "what was deleted is not a branch")]
    [InlineData("workflow_run", null, "the event 'workflow_run' changes nothing that is deployed")]
    public void What_changes_nothing_is_ignored_with_its_reason(string name, string? reference, string reason) =>
        Assert.Equal(new DeliveryIntent.Ignored(reason), DeliveryReader.Read(name, Repository with { Ref = reference, RefType = "tag" }));

    [Fact]
    public void A_push_without_a_repository_is_ignored() =>
        Assert.Equal(new DeliveryIntent.Ignored("the payload names no repository"), DeliveryReader.Read("push", new Payload { Ref = "refs/heads/main", CloneUrl = "nonsense" }));
}
