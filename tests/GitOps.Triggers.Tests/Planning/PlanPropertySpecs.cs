using CsCheck;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using Xunit;

namespace GitOps.Triggers.Tests.Planning;

public sealed class PlanPropertySpecs
{
    private const int Many = 300;

    [Fact]
    public void A_promotion_never_builds_where_untested_images_are_rejected() =>
        Worlds.Promotion.Where(input => input.Environment.Untested == UntestedPolicy.Reject).Sample(input =>
            Assert.DoesNotContain(Planner.Plan(input).Items, item => item is PlanItem.Build), iter: Many);

    [Fact]
    public void Nothing_but_a_proven_image_is_deployed_where_untested_images_are_rejected() =>
        Worlds.Promotion.Where(input => input.Environment.Untested == UntestedPolicy.Reject).Sample(input =>
            Assert.All(Planner.Plan(input).Items.OfType<PlanItem.Deploy>(), deploy =>
                Assert.Contains(input.Upstream!.Evidence, evidence => evidence.Trigger == deploy.Trigger && evidence.Image == deploy.Image)), iter: Many);

    [Fact]
    public void A_plan_does_not_depend_on_the_order_of_what_it_is_made_from() =>
        Gen.Select(Worlds.Any, Gen.Int).Sample((input, seed) =>
        {
            var shuffled = input with { Candidates = Shuffled(input.Candidates, seed), Upstream = Shuffled(input.Upstream, seed) };

            Assert.Equal(Planner.Plan(input).Items, Planner.Plan(shuffled).Items);
        }, iter: Many);

    [Fact]
    public void Every_trigger_that_is_asked_for_or_runs_has_exactly_one_item() =>
        Worlds.Any.Sample(input =>
        {
            var runs = input.History.GroupBy(record => record.Key.Trigger).Where(records => !records.First().Pruned).Select(records => records.Key);
            var expected = input.Candidates.Select(candidate => candidate.Name).Union(runs).Order();

            Assert.Equal(expected, Planner.Plan(input).Items.Select(item => item.Trigger));
        }, iter: Many);

    [Fact]
    public void Once_a_plan_is_carried_out_the_next_one_changes_nothing() =>
        Worlds.Any.Sample(input =>
        {
            var plan = Planner.Plan(input);
            var after = CarriedOut.By(plan, input);

            Assert.All(Planner.Plan(after).Items, item => Assert.True(item is PlanItem.Keep or PlanItem.Hold or PlanItem.Reject or PlanItem.Suspend, PlanText.Of(item)));
            Assert.Equal(plan.Items.Where(item => item is PlanItem.Hold or PlanItem.Reject), Planner.Plan(after).Items.Where(item => item is PlanItem.Hold or PlanItem.Reject));
        }, iter: Many);

    [Fact]
    public void A_hold_that_time_ends_ends_later_and_then_no_longer_holds() =>
        Worlds.Any.Sample(input =>
        {
            foreach (var hold in Planner.Plan(input).Items.OfType<PlanItem.Hold>().Where(hold => hold.Until is not null))
            {
                Assert.True(hold.Until > input.Now);
                var then = Planner.Plan(input with { Now = hold.Until.Value }).Items.Single(item => item.Trigger == hold.Trigger);
                Assert.IsNotType<PlanItem.Hold>(then);
            }
        }, iter: Many);

    [Fact]
    public void Nothing_is_taken_down_unless_the_branch_still_holds_some_trigger_and_all_of_it_was_read() =>
        Worlds.Any.Where(input => !input.Complete || input.Declared.Count == 0 || input.Commit is null).Sample(input =>
            Assert.DoesNotContain(Planner.Plan(input).Items, item => item is PlanItem.Prune), iter: Many);

    private static UpstreamView? Shuffled(UpstreamView? upstream, int seed) =>
        upstream is null ? null : upstream with { Evidence = Shuffled(upstream.Evidence, seed), Head = Shuffled(upstream.Head, seed) };

    private static T[] Shuffled<T>(IReadOnlyList<T> list, int seed)
    {
        var copy = list.ToArray();
        new Random(seed).Shuffle(copy);
        return copy;
    }
}
