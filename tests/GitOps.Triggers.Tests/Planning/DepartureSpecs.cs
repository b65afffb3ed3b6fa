using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using Xunit;
using static GitOps.Triggers.Tests.Planning.Given;

namespace GitOps.Triggers.Tests.Planning;

public sealed class DepartureSpecs
{
    private static readonly PlanningInput Running = Nothing(Dev) with { History = History(Dev, "1a") };

    [Fact]
    public void A_trigger_that_left_the_branch_is_taken_down()
    {
        var plan = Planner.Plan(Running.Asking(Candidate("1a", "other")) with { Builds = BuiltEarlier("1") });

        Assert.Equal("Prune, Reused 1", PlanText.Of(plan));
    }

    [Fact]
    public void The_only_trigger_of_a_branch_is_taken_down_when_it_no_longer_names_the_environment()
    {
        var plan = Planner.Plan(Running with { Declared = new HashSet<TriggerName> { Job } });

        Assert.Equal("Prune", PlanText.Of(plan));
    }

    [Theory]
    [InlineData(true, "Clear")]
    [InlineData(false, "")]
    public void What_was_put_there_without_a_record_of_it_goes_when_nobody_asks_for_it(bool complete, string plan) =>
        Assert.Equal(plan, PlanText.Of(Planner.Plan(Nothing(Dev) with { Standing = new HashSet<TriggerName> { Job }, Complete = complete })));

    [Fact]
    public void What_was_put_there_without_a_record_of_it_stays_for_the_release_that_asks_for_it()
    {
        var plan = Planner.Plan(Nothing(Dev).Asking(Candidate("1a")) with { Standing = new HashSet<TriggerName> { Job }, Builds = BuiltEarlier("1") });

        Assert.Equal("Reused 1", PlanText.Of(plan));
    }

    [Fact]
    public void A_vanished_branch_suspends_and_deletes_nothing()
    {
        var suspend = Assert.IsType<PlanItem.Suspend>(Assert.Single(Planner.Plan(Running with { Commit = null }).Items));

        Assert.Equal("the branch 'main' no longer exists", suspend.Reason);
    }

    [Fact]
    public void A_branch_without_any_manifest_suspends_and_deletes_nothing()
    {
        var suspend = Assert.IsType<PlanItem.Suspend>(Assert.Single(Planner.Plan(Running).Items));

        Assert.Equal("the branch 'main' no longer holds any trigger.yaml", suspend.Reason);
    }

    [Fact]
    public void What_was_suspended_runs_on_when_its_branch_comes_back()
    {
        var plan = Planner.Plan(Running.Asking(Candidate("1a")) with { Builds = BuiltEarlier("1") });

        Assert.Equal("Keep 1", PlanText.Of(plan));
    }

    [Fact]
    public void While_something_cannot_be_read_nothing_is_taken_down()
    {
        var hold = Assert.IsType<PlanItem.Hold>(Planner.Plan(Running.Asking(Candidate("1a", "other")) with { Complete = false }).Items[0]);

        Assert.Equal("job", hold.Trigger.Value);
        Assert.Equal("whether it left the branch 'main' cannot be told while something there cannot be read", hold.Reason);
        Assert.NotNull(hold.Current);
    }

    [Fact]
    public void What_stands_still_already_is_nothing_for_a_freeze_to_hold()
    {
        var frozen = Running with { Environment = Dev with { Gates = new Gates { Freeze = [Freeze("0 0 * * WED", "1d")] } }, Commit = null };

        var plan = Planner.Plan(frozen with { History = [.. frozen.History.Select(row => row with { StandsStill = "the branch 'main' no longer exists" })] });

        Assert.IsType<PlanItem.Suspend>(plan.Items[0]);
    }

    [Fact]
    public void A_freeze_holds_what_stood_still_and_is_to_run_again()
    {
        var frozen = Running.Asking(Candidate("1a")) with { Builds = BuiltEarlier("1"), Environment = Dev with { Gates = new Gates { Freeze = [Freeze("0 0 * * WED", "1d")] } } };

        var plan = Planner.Plan(frozen with { History = [.. frozen.History.Select(row => row with { StandsStill = "the branch 'main' no longer exists" })] });

        Assert.Equal("asked for again, and it is to run again; dev is frozen until 2026-03-05 00:00 UTC", Assert.IsType<PlanItem.Hold>(plan.Items[0]).Reason);
        Assert.IsType<PlanItem.Keep>(Planner.Plan(frozen).Items[0]);
    }

    [Fact]
    public void A_freeze_holds_a_take_down_and_a_suspension_too()
    {
        var frozen = Running with { Environment = Dev with { Gates = new Gates { Freeze = [Freeze("0 0 * * WED", "1d")] } } };

        var prune = Assert.IsType<PlanItem.Hold>(Planner.Plan(frozen with { Declared = new HashSet<TriggerName> { Job } }).Items[0]);
        var suspend = Assert.IsType<PlanItem.Hold>(Planner.Plan(frozen with { Commit = null }).Items[0]);

        Assert.Equal("no longer asked for and to be taken down; dev is frozen until 2026-03-05 00:00 UTC", prune.Reason);
        Assert.Equal("the branch 'main' no longer exists, and it is to be suspended; dev is frozen until 2026-03-05 00:00 UTC", suspend.Reason);
    }

    [Fact]
    public void What_was_taken_down_is_not_taken_down_again()
    {
        Assert.Empty(Planner.Plan(Nothing(Dev) with { History = History(Dev, "1a! 1a") }).Items);
    }
}
