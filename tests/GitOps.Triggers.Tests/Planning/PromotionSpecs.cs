using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using Xunit;
using static GitOps.Triggers.Tests.Planning.Given;

namespace GitOps.Triggers.Tests.Planning;

public sealed class PromotionSpecs
{
    [Theory]
    [InlineData("1a", "", "1", "", "Promoted 1")]
    [InlineData("2a", "1a", "1 2", "2a", "Promoted 2")]
    [InlineData("1b", "1a", "1", "1a", "Settings 1")]
    [InlineData("1a", "1a", "1", "1a", "Keep 1")]
    [InlineData("1a", "2a 1a", "1 2", "2a", "RolledBack 1")] // git revert
    [InlineData("1b", "2a 1a", "1 2", "1b", "RolledBack 1")]
    [InlineData("1a", "1a!", "1", "", "Promoted 1")]
    [InlineData("1a", "2a! 1a", "1 2", "", "Promoted 1")]
    [InlineData("2a", "1a", "1", "2a", "Hold")] // Both branches were pushed at once.
    [InlineData("2a", "1a", "1", "2b", "Hold")]
    [InlineData("2a", "1a", "1", "1a", "Reject")]
    [InlineData("2a", "", "", "", "Reject")]
    [InlineData("1a", "1a", "", "", "Keep 1")] // It was let in before; nothing is asked for now.
    [InlineData("1b", "1a", "", "", "Reject")]
    public void The_image_that_ran_upstream_is_what_is_deployed(string asked, string ranHere, string seenUpstream, string upstreamHead, string expected)
    {
        var input = Promoting(asked, ranHere, seenUpstream, upstreamHead) with { Builds = BuiltEarlier("1 2") };

        Assert.Equal(expected, PlanText.Of(Planner.Plan(input)));
    }

    [Theory]
    [InlineData("2a", "1a", "1", "", "", "Build")]
    [InlineData("2a", "1a", "1", "", "2", "Reused 2")]
    [InlineData("1b", "1a", "", "", "1", "Settings 1")]
    [InlineData("2a", "1a", "1", "2a", "", "Hold")] // It is on its way: the order of two pushes must not decide whether it is built here.
    [InlineData("2a", "1a", "1 2", "2a", "", "Promoted 2")]
    public void An_operator_may_let_untested_images_be_built(string asked, string ranHere, string seenUpstream, string upstreamHead, string built, string expected)
    {
        var input = Promoting(asked, ranHere, seenUpstream, upstreamHead) with
        {
            Environment = Prod with { Untested = UntestedPolicy.Build },
            Builds = BuiltEarlier(built),
        };

        Assert.Equal(expected, PlanText.Of(Planner.Plan(input)));
    }

    [Theory]
    [InlineData("1a", "1a", "1", "Moved 1")]
    [InlineData("1a", "1a", "", "Moved 1")] // Upstream has forgotten it; it was let in here before.
    [InlineData("1b", "1a", "1", "Settings 1")]
    [InlineData("2a", "1a", "1 2", "Promoted 2")]
    [InlineData("2a", "1a", "1", "Reject")]
    public void What_runs_follows_its_environment_to_another_place_and_is_not_built_for_it(string asked, string ranHere, string seenUpstream, string expected)
    {
        var input = Promoting(asked, ranHere, seenUpstream, "") with { Place = new Place { Cluster = new ClusterAccess(), Namespace = "trg-jobs-prod" } };

        Assert.Equal(expected, PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void An_untested_image_that_cannot_be_built_is_not_built_again_either()
    {
        var input = Promoting("2a", "1a", "1", "") with { Environment = Prod with { Untested = UntestedPolicy.Build }, Rejected = Refused("2") };

        Assert.Equal("Reject", PlanText.Of(Planner.Plan(input)));
    }

    [Theory]
    [InlineData("1a", "1a", "", false, "Reject")] // Upstream went on: nobody will build it there.
    [InlineData("1b", "1a", "", false, "Reject")]
    [InlineData("1a", "1a", "1a", false, "Hold")]
    [InlineData("1a", "1a", "1a", true, "Hold")]
    [InlineData("1a", "1a", "", true, "Build")]
    [InlineData("2a", "1a", "", false, "Reject")]
    public void What_runs_without_its_image_waits_for_upstream_and_is_never_taken_for_well(string asked, string ranHere, string upstreamHead, bool mayBuild, string expected)
    {
        var input = Promoting(asked, ranHere, "", upstreamHead) with
        {
            Environment = Prod with { Untested = mayBuild ? UntestedPolicy.Build : UntestedPolicy.Reject },
            Gone = new HashSet<ImageReference> { Image('1') },
        };

        Assert.Equal(expected, PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void Once_upstream_has_built_a_lost_image_again_the_new_one_is_promoted()
    {
        var input = Nothing(Prod).Asking(Candidate("1a")).Seen(Evidence('1') with { Image = Image('8') }) with
        {
            History = History(Prod, "1a"),
            Gone = new HashSet<ImageReference> { Image('1') },
        };

        Assert.Equal("Promoted 8", PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void A_promotion_names_the_build_that_made_the_image()
    {
        var plan = Planner.Plan(Promoting("1a", "", "1", ""));

        Assert.Equal(1, Assert.IsType<PlanItem.Deploy>(Assert.Single(plan.Items)).BuildId);
    }

    [Fact]
    public void What_ran_upstream_under_another_name_is_not_proof()
    {
        var input = Nothing(Prod).Asking(Candidate("1a")).Seen(Evidence('1', "other"));

        Assert.Equal("Reject", PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void Of_several_upstream_images_of_equal_inputs_the_latest_is_promoted()
    {
        var input = Nothing(Prod).Asking(Candidate("1a")).Seen(
            Evidence('1'),
            Evidence('1') with { Image = Image('8'), FirstDeployedAt = Now });

        Assert.Equal("Promoted 8", PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void Of_several_upstream_images_of_equal_inputs_the_one_that_runs_here_stays()
    {
        var input = Nothing(Prod).Asking(Candidate("1a")).Seen(
            Evidence('1'),
            Evidence('1') with { Image = Image('8'), FirstDeployedAt = Now }) with
        { History = History(Prod, "1a") };

        Assert.Equal("Keep 1", PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void An_image_lost_here_and_rebuilt_upstream_is_promoted_anew()
    {
        var input = Nothing(Prod).Asking(Candidate("1a")).Seen(Evidence('1') with { Image = Image('8') }) with { History = History(Prod, "1a") };

        Assert.Equal("Promoted 8", PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void A_rejection_says_what_is_missing_and_where_to_merge_first()
    {
        var reject = Assert.IsType<PlanItem.Reject>(Assert.Single(Planner.Plan(Promoting("2a", "1a", "1", "")).Items));

        Assert.Equal("job/trigger.yaml", reject.Finding.File);
        Assert.Contains("never deployed in dev", reject.Finding.Message, StringComparison.Ordinal);
        Assert.Contains("branch 'main'", reject.Finding.Fix, StringComparison.Ordinal);
        Assert.Equal(Image('1'), reject.Current!.Image);
    }

    [Fact]
    public void An_image_on_its_way_is_waited_for_without_an_end()
    {
        var hold = Assert.IsType<PlanItem.Hold>(Assert.Single(Planner.Plan(Promoting("2a", "1a", "1", "2a")).Items));

        Assert.Equal("not yet deployed in dev; this is looked at again as soon as dev deploys it", hold.Reason);
        Assert.Null(hold.Until);
        Assert.Equal(Image('1'), hold.Current!.Image);
    }

    [Fact]
    public void A_plan_refuses_the_wrong_upstream()
    {
        Assert.Throws<ArgumentException>(() => Planner.Plan(Nothing(Prod) with { Upstream = null }));
        Assert.Throws<ArgumentException>(() => Planner.Plan(Nothing(Dev) with { Upstream = Nothing(Prod).Upstream }));
    }

    private static PlanningInput Promoting(string asked, string ranHere, string seenUpstream, string upstreamHead)
    {
        var input = Nothing(Prod).Asking(Candidate(asked)).Seen(Evidence(seenUpstream));
        return input with
        {
            History = History(Prod, ranHere),
            Upstream = input.Upstream! with { Head = Candidates(upstreamHead) },
        };
    }
}
