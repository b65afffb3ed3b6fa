using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Pipeline;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

public class PassVerdictSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CommitSha Commit = CommitSha.Parse(new string('a', 40));
    private static readonly Pass Pass = new()
    {
        Repository = new ConnectedRepository { Id = RepositoryId.Parse("git-1"), Name = "nightly", Url = RepositoryUrl.Parse("file:///srv/nightly.git"), Configured = false, ConnectedAt = Now },
        Environment = new EnvironmentDefinition { Name = EnvironmentName.Parse("dev"), Branch = BranchName.Parse("main"), Target = new TargetSettings.Local() },
        StartedAt = Now,
        Work = null!,
        Supersession = null!,
    };

    [Fact]
    public void One_trigger_that_must_be_tried_again_keeps_the_key_due_whatever_the_others_are()
    {
        var verdict = Of(Status("a", TriggerState.Deployed), Status("b", TriggerState.Retrying), Status("c", TriggerState.Rejected));

        Assert.Equal(PassOutcome.Retry, verdict.Pass.Outcome);
        Assert.IsType<WorkResult.RetryAfter>(verdict.Next);
    }

    [Fact]
    public void What_is_tried_again_is_told_with_its_reason() => Assert.Equal(
        "1 deployed, 2 retrying; b: the API server does not answer; c: message",
        Of(Status("a", TriggerState.Deployed), Status("b", TriggerState.Retrying) with { Message = "the API server does not answer" }, Status("c", TriggerState.Retrying)).Pass.Message);

    [Fact]
    public void What_is_tried_again_of_a_refused_trigger_is_told_too()
    {
        var outcomes = Outcomes([Status("a", TriggerState.Rejected)]) with { Retrying = new DeployOutcome(Status("a", TriggerState.Retrying) with { Message = "the API server does not answer" }, false) };

        Assert.Equal("1 rejected; a: the API server does not answer", PassVerdict.Of(Pass, new StageResult<PassOutcomes>.Done(outcomes), Now).Pass.Message);
    }

    [Fact]
    public void A_gate_that_opens_is_not_missed_because_another_trigger_is_tried_again_later()
    {
        var verdict = Of(Status("a", TriggerState.Retrying), Status("b", TriggerState.Held, Now.AddMinutes(3)), Status("c", TriggerState.Held));

        Assert.Equal(Now.AddMinutes(3), Assert.IsType<WorkResult.RetryAfter>(verdict.Next).Latest);
    }

    [Fact]
    public void A_target_that_asks_to_be_left_alone_is_left_alone_for_so_long()
    {
        var outcomes = Outcomes([]) with { Retrying = new DeployOutcome(Status("a", TriggerState.Retrying), false, TimeSpan.FromSeconds(77)) };

        var next = PassVerdict.Of(Pass, new StageResult<PassOutcomes>.Done(outcomes), Now).Next;

        Assert.Equal(TimeSpan.FromSeconds(77), Assert.IsType<WorkResult.RetryAfter>(next).After);
    }

    [Fact]
    public void What_is_refused_waits_for_the_next_change() =>
        Assert.Equal((PassOutcome.Rejected, new WorkResult.Completed()), Summary(Of(Status("a", TriggerState.Rejected))));

    [Fact]
    public void What_time_releases_is_looked_at_then_and_the_earliest_counts()
    {
        var verdict = Of(Status("a", TriggerState.Held, Now.AddHours(2)), Status("b", TriggerState.Held, Now.AddMinutes(3)));

        Assert.Equal(PassOutcome.Held, verdict.Pass.Outcome);
        Assert.Equal(Now.AddMinutes(3), Assert.IsType<WorkResult.Again>(verdict.Next).At);
    }

    [Fact]
    public void What_waits_for_an_event_is_looked_at_now_and_then_all_the_same() =>
        Assert.InRange(Assert.IsType<WorkResult.Again>(Of(Status("a", TriggerState.Held)).Next).At, Now.AddMinutes(1), Now.AddMinutes(30));

    [Fact]
    public void A_held_trigger_is_not_forgotten_because_another_is_refused() =>
        Assert.IsType<WorkResult.Again>(Of(Status("a", TriggerState.Rejected), Status("b", TriggerState.Held, Now.AddHours(1))).Next);

    [Theory]
    [InlineData(true, "Applied")]
    [InlineData(false, "Unchanged")]
    public void A_pass_in_which_all_is_well_says_whether_something_changed(bool changed, string outcome)
    {
        var verdict = PassVerdict.Of(Pass, Done([Status("a", TriggerState.Deployed)], changed), Now);

        Assert.Equal(outcome, verdict.Pass.Outcome.ToString());
    }

    [Fact]
    public void A_branch_that_is_gone_is_said_by_its_name()
    {
        var verdict = PassVerdict.Of(Pass, new StageResult<PassOutcomes>.Done(new PassOutcomes { Reading = BranchReading.Missing, Statuses = [] }), Now);

        Assert.Equal((PassOutcome.BranchMissing, "branch main does not exist"), (verdict.Pass.Outcome, verdict.Pass.Message));
    }

    [Fact]
    public void What_becomes_of_the_triggers_of_a_branch_that_is_gone_is_said_as_it_is()
    {
        var outcomes = new PassOutcomes { Reading = BranchReading.Missing, Statuses = [Status("a", TriggerState.Suspended), Status("b", TriggerState.Held)] };

        Assert.Equal("branch main does not exist; 1 held, 1 suspended", PassVerdict.Of(Pass, new StageResult<PassOutcomes>.Done(outcomes), Now).Pass.Message);
    }

    [Fact]
    public void A_pass_that_did_not_get_to_the_triggers_leaves_what_was_known_of_them() =>
        Assert.Null(PassVerdict.Of(Pass, new StageResult<PassOutcomes>.Retry(TimeSpan.FromSeconds(9), "the git host does not answer"), Now).Statuses);

    [Fact]
    public void A_pass_that_a_newer_commit_overtook_is_followed_by_another_whatever_became_of_the_mark() =>
        Assert.Equal((PassOutcome.Superseded, new WorkResult.Again(Now, "moved on")), Summary(PassVerdict.Of(Pass, new StageResult<PassOutcomes>.Skipped("moved on"), Now)));

    [Fact]
    public void A_failure_is_shown_on_one_line_and_tried_again()
    {
        var verdict = PassVerdict.Failed(Pass, new InvalidOperationException("first\nsecond"), Now);

        Assert.Equal(PassOutcome.Failed, verdict.Pass.Outcome);
        Assert.DoesNotContain('\n', verdict.Pass.Message);
        Assert.IsType<WorkResult.RetryAfter>(verdict.Next);
    }

    private static PassVerdict Of(params TriggerStatus[] statuses) => PassVerdict.Of(Pass, Done(statuses, true), Now);

    private static StageResult<PassOutcomes> Done(IReadOnlyList<TriggerStatus> statuses, bool changed) =>
        new StageResult<PassOutcomes>.Done(Outcomes(statuses) with { Changed = changed });

    private static PassOutcomes Outcomes(IReadOnlyList<TriggerStatus> statuses) => new()
    {
        Reading = new BranchReading { Commit = Commit },
        Statuses = statuses,
        Retrying = statuses.Where(status => status.State == TriggerState.Retrying).Select(status => new DeployOutcome(status, false)).FirstOrDefault(),
    };

    private static (PassOutcome Outcome, WorkResult Next) Summary(PassVerdict verdict) => (verdict.Pass.Outcome, verdict.Next);

    private static TriggerStatus Status(string name, TriggerState state, DateTimeOffset? until = null) => new()
    {
        Key = Pass.For(TriggerName.Parse(name)),
        Commit = Commit,
        State = state,
        Message = "message",
        Until = until,
        At = Now,
    };
}
