using GitOps.Triggers.Domain;
using GitOps.Triggers.Sources;
using Xunit;

namespace GitOps.Triggers.Tests.Sources;

public sealed class RemoteHeadsSpecs
{
    [Fact]
    [Threat(14)]
    public void What_is_no_branch_or_no_commit_is_passed_over()
    {
        var sha = new string('a', 40);

        var heads = RemoteHeads.Parse($"{sha}\trefs/heads/main\n{sha}\trefs/heads/a\tb\n{sha}\trefs/tags/v1\n{sha} refs/heads/x\nzz\trefs/heads/y\n\t\n{sha}\trefs/heads/--x\n{sha}\trefs/heads/");

        Assert.Equal("main", Assert.Single(heads).Key.Value);
        Assert.Equal(sha, heads[BranchName.Parse("main")].Value);
    }
}
