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
