using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using Xunit;
using static GitOps.Triggers.Tests.Planning.Given;

namespace GitOps.Triggers.Tests.Planning;

public sealed class GateSpecs
{
    private static readonly FreezeWindow Wednesday = Freeze("0 0 * * WED", "24h");

    [Fact]
    public void Too_few_successful_runs_hold_and_say_how_to_get_more()
    {
        var hold = Held(new Gates { SuccessfulRuns = 3 }, Evidence('1'));

        Assert.Equal("needs 3 successful runs in dev, has 1: run it with `gitops-triggers run job -e dev`, or wait for its schedule there", hold.Reason);
        Assert.Null(hold.Until);
    }

    [Fact]
    public void Baking_holds_until_the_image_was_upstream_long_enough()
    {
        var hold = Held(new Gates { Bake = TimeSpan.FromMinutes(90) }, Evidence('1'));

        Assert.Equal("needs 1h30m in dev, is there since 2026-03-04 11:00 UTC: wait until 2026-03-04 12:30 UTC", hold.Reason);
        Assert.Equal(Now.AddMinutes(30), hold.Until);
    }

    [Fact]
    public void A_freeze_holds_until_its_end()
    {
        var hold = Held(new Gates { Freeze = [Wednesday] }, Evidence('1'));

        Assert.Equal("prod is frozen until 2026-03-05 00:00 UTC", hold.Reason);
        Assert.Equal(Now.AddHours(12), hold.Until);
    }

    [Fact]
    public void Every_closed_gate_is_named_at_once()
    {
        var hold = Held(new Gates { SuccessfulRuns = 2, Bake = TimeSpan.FromHours(2), Freeze = [Wednesday] }, Evidence('1'));

        Assert.Equal(3, hold.Reason.Split("; ").Length);
        Assert.Null(hold.Until);
    }

    [Fact]
    public void Baking_that_ends_in_a_freeze_waits_for_the_end_of_the_freeze()
    {
        var hold = Held(new Gates { Bake = TimeSpan.FromHours(14), Freeze = [Freeze("0 0 * * THU", "6h")] }, Evidence('1'));

        Assert.Equal(Now.AddHours(18), hold.Until);
    }

    [Fact]
    public void A_freeze_without_an_end_says_who_can_end_it()
    {
        var hold = Held(new Gates { Freeze = [Freeze("0 0 * * *", "24h")] }, Evidence('1'));

        Assert.Equal("prod is frozen and its freeze windows leave no gap: an operator must change gates.freeze", hold.Reason);
        Assert.Null(hold.Until);
    }

    [Fact]
    public void Gates_that_are_met_let_it_through()
    {
        var gates = new Gates { SuccessfulRuns = 1, Bake = TimeSpan.FromHours(1), Freeze = [Freeze("0 0 * * THU", "24h")] };

        Assert.Equal("Promoted 1", PlanText.Of(Planner.Plan(Asked(gates, Evidence('1')))));
    }

    [Fact]
    public void The_same_reason_is_given_however_often_it_is_looked_at()
    {
        var input = Asked(new Gates { SuccessfulRuns = 2, Bake = TimeSpan.FromHours(2), Freeze = [Wednesday] }, Evidence('1'));

        Assert.Equal(Planner.Plan(input).Items, Planner.Plan(input with { Now = Now.AddMinutes(7) }).Items);
    }

    [Theory]
    [InlineData("1b", "1a")]
    [InlineData("1a", "2a 1a")]
    public void A_change_of_settings_and_a_rollback_pass_the_same_gates(string asked, string ranHere)
    {
        var input = Asked(new Gates { Freeze = [Wednesday] }, Evidence('1')) with { Candidates = Candidates(asked), History = History(Prod, ranHere) };

        Assert.Equal("Hold", PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void What_runs_unchanged_is_kept_in_a_freeze_and_not_shown_as_held()
    {
        var gates = new Gates { SuccessfulRuns = 9, Bake = TimeSpan.FromDays(9), Freeze = [Wednesday] };
        var input = Asked(gates, Evidence('1')) with { History = History(Prod, "1a") };

        Assert.Equal("Keep 1", PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void A_freeze_holds_builds_where_nothing_is_promoted()
    {
        var input = Nothing(Dev with { Gates = new Gates { Freeze = [Wednesday] } }).Asking(Candidate("1a"));

        Assert.Equal("Hold", PlanText.Of(Planner.Plan(input)));
    }

    [Fact]
    public void An_untested_image_that_may_be_built_passes_only_the_freeze()
    {
        var gates = new Gates { SuccessfulRuns = 9, Bake = TimeSpan.FromDays(9) };
        var prod = Prod with { Untested = UntestedPolicy.Build, Gates = gates };

        Assert.Equal("Build", PlanText.Of(Planner.Plan(Nothing(prod).Asking(Candidate("1a")))));
        Assert.Equal("Hold", PlanText.Of(Planner.Plan(Nothing(prod with { Gates = gates with { Freeze = [Wednesday] } }).Asking(Candidate("1a")))));
    }

    private static PlanItem.Hold Held(Gates gates, UpstreamEvidence evidence) =>
        Assert.IsType<PlanItem.Hold>(Assert.Single(Planner.Plan(Asked(gates, evidence)).Items));

    private static PlanningInput Asked(Gates gates, UpstreamEvidence evidence) =>
        Nothing(Prod with { Gates = gates }).Asking(Candidate("1a")).Seen(evidence);
}
