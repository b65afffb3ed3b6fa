using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using Xunit;
using static GitOps.Triggers.Tests.Planning.Given;

namespace GitOps.Triggers.Tests.Planning;

public sealed class BuildOrReuseSpecs
{
    [Theory]
    [InlineData("1a", "", "", "Build")]
    [InlineData("1a", "", "1", "Reused 1")]
    [InlineData("2a", "1a", "1", "Build")]
    [InlineData("2a", "1a", "2 1", "Reused 2")]
    [InlineData("1a", "1a", "1", "Keep 1")]
    [InlineData("1b", "1a", "1", "Settings 1")]
    [InlineData("1a", "2a 1a", "2 1", "RolledBack 1")]
    [InlineData("1b", "2a 1a", "2 1", "RolledBack 1")]
    [InlineData("1a", "1a 2a 1a", "2 1", "Keep 1")]
    [InlineData("1a", "2a 1a", "2", "Build")] // It ran here, but its image is gone.
    [InlineData("1a", "1a", "", "Build")]
    [InlineData("1a", "1a!", "1", "Reused 1")] // It was taken down, and comes back.
    [InlineData("1a", "1a! 1a", "1", "Reused 1")]
    public void Where_nothing_is_promoted_equal_inputs_are_never_built_twice(string asked, string ranHere, string built, string expected)
    {
        var input = Nothing(Dev).Asking(Candidate(asked)) with { History = History(Dev, ranHere), Builds = BuiltEarlier(built) };

        Assert.Equal(expected, PlanText.Of(Planner.Plan(input)));
    }

    [Theory]
    [InlineData("1a", "", "", "1", "Reject")]
    [InlineData("1a", "2a", "2", "1", "Reject")]
    [InlineData("1b", "1a", "1", "1", "Settings 1")] // An image of these inputs is there all the same.
    [InlineData("2a", "", "", "1", "Build")]
    public void What_failed_by_its_own_fault_is_refused_and_not_built_again(string asked, string ranHere, string built, string rejected, string expected)
    {
        var input = Nothing(Dev).Asking(Candidate(asked)) with { History = History(Dev, ranHere), Builds = BuiltEarlier(built), Rejected = Refused(rejected) };

        Assert.Equal(expected, PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void What_is_refused_for_its_build_says_which_build_it_was_what_was_wrong_and_how_to_try_again()
    {
        var input = Nothing(Dev).Asking(Candidate("1a")) with { History = History(Dev, "2a"), Rejected = Refused("1") };

        var reject = Assert.IsType<PlanItem.Reject>(Assert.Single(Planner.Plan(input).Items));

        Assert.Equal("build 1 failed: the step failed.", reject.Finding.Message);
        Assert.StartsWith("Mend it. Read its log with `gitops-triggers logs --build 1`.", reject.Finding.Fix, StringComparison.Ordinal);
        Assert.Same(input.History[0], reject.Current);
    }

    [Fact]
    public void A_build_that_another_trigger_asked_for_is_reused()
    {
        var input = Nothing(Dev).Asking(Candidate("1a", "other")) with { Builds = BuiltEarlier("1") };

        var deploy = Assert.IsType<PlanItem.Deploy>(Assert.Single(Planner.Plan(input).Items));
        Assert.Equal((DeploymentKind.Reused, 1L), (deploy.Kind, deploy.BuildId));
    }

    [Fact]
    public void Of_several_images_of_equal_inputs_the_one_that_runs_stays()
    {
        var newer = BuiltEarlier("1").Select(build => build with { Id = 7, Image = Image('7') });
        var input = Nothing(Dev).Asking(Candidate("1a")) with { History = History(Dev, "1a"), Builds = [.. newer, .. BuiltEarlier("1")] };

        Assert.Equal("Keep 1", PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void A_commit_that_changes_nothing_of_a_trigger_keeps_the_commit_it_was_deployed_from()
    {
        var input = Nothing(Dev).Asking(Candidate("1a")) with { History = History(Dev, "1a"), Builds = BuiltEarlier("1") };

        var keep = Assert.IsType<PlanItem.Keep>(Assert.Single(Planner.Plan(input).Items));
        Assert.NotEqual(keep.Candidate.Inputs.Commit, keep.Current.Commit);
    }
}
