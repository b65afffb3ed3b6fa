using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using Xunit;

namespace GitOps.Triggers.Tests.Intake;

public class ResyncDecisionSpecs
{
    private static readonly DateTimeOffset Now = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly RepositoryId Repository = RepositoryId.Parse("jobs");
    private static readonly CommitSha Old = CommitSha.Parse(new string('1', 40));
    private static readonly CommitSha Head = CommitSha.Parse(new string('2', 40));

    [Fact]
    public void What_never_had_a_pass_or_is_elsewhere_is_stale()
    {
        Assert.Equal(["dev", "prod"], Stale([Pass("dev", Old)], []));
        Assert.Equal(["prod"], Stale([Pass("dev", Head)], []));
        Assert.Empty(Stale([Pass("dev", Head), Pass("prod", Head)], []));
    }

    [Fact]
    public void A_branch_that_went_or_never_was_is_stale_once()
    {
        Dictionary<BranchName, CommitSha> none = [];

        Assert.Equal(["dev", "prod"], Stale([Pass("dev", Head)], [], none));
        Assert.Empty(Stale([Pass("dev", null), Pass("prod", null)], [], none));
    }

    [Fact]
    public void What_is_due_runs_or_is_tried_again_is_left_alone()
    {
        Assert.Equal(["prod"], Stale([], [Work("dev", Now, attempt: 0)]));
        Assert.Equal(["prod"], Stale([], [Work("dev", Now.AddMinutes(1), attempt: 1)]));
    }

    [Fact]
    public void What_is_held_is_looked_at_when_its_branch_has_moved()
    {
        Assert.Equal(["dev"], Stale([Pass("dev", Old), Pass("prod", Head)], [Work("dev", Now.AddDays(1), attempt: 0)]));
        Assert.Empty(Stale([Pass("dev", Head), Pass("prod", Head)], [Work("dev", Now.AddDays(1), attempt: 0)]));
    }

    [Fact]
    public void What_was_marked_for_this_head_and_could_not_be_read_is_left_alone_for_hours()
    {
        PassRecord unread = Pass("dev", null) with { Outcome = PassOutcome.Rejected };
        PassRecord[] passes = [unread, Pass("prod", Head)];

        Assert.Equal(["dev"], Stale(passes, []));
        Assert.Empty(Stale(passes, [], marked: Head));
        Assert.Equal(["dev"], Stale(passes, [], marked: Old));
        Assert.Equal(["dev"], Stale([unread with { FinishedAt = Now - ResyncDecision.UnreadPause }, passes[1]], [], marked: Head));
        Assert.Equal(["dev"], Stale([Pass("dev", Old), passes[1]], [], marked: Head));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(3, 30)]
    [InlineData(100_000, 30)]
    public void A_remote_that_does_not_answer_is_asked_less_often(int failures, int minutes)
    {
        Assert.Equal(minutes, ResyncDecision.Pause(TimeSpan.FromMinutes(5), failures, 0.5).TotalMinutes, 3);
        Assert.Equal(minutes * 0.9, ResyncDecision.Pause(TimeSpan.FromMinutes(5), failures, 0).TotalMinutes, 3);
        Assert.Equal(minutes * 1.1, ResyncDecision.Pause(TimeSpan.FromMinutes(5), failures, 1).TotalMinutes, 3);
    }

    private static IEnumerable<string> Stale(PassRecord[] passes, WorkItem[] work, Dictionary<BranchName, CommitSha>? heads = null, CommitSha? marked = null) => ResyncDecision.Stale(
        heads ?? new() { [BranchName.Parse("main")] = Head, [BranchName.Parse("prod")] = Head },
        IntakeEngine.DevAndProd.Environments,
        passes,
        work,
        marked is null ? new Dictionary<EnvironmentName, CommitSha>() : new Dictionary<EnvironmentName, CommitSha> { [EnvironmentName.Parse("dev")] = marked },
        Now).Select(name => name.Value);

    private static PassRecord Pass(string environment, CommitSha? commit) =>
        new() { Key = new WorkKey(Repository, EnvironmentName.Parse(environment)), Commit = commit, Outcome = PassOutcome.Applied, Message = "", FinishedAt = Now };

    private static WorkItem Work(string environment, DateTimeOffset dueAt, int attempt) =>
        new() { Key = new WorkKey(Repository, EnvironmentName.Parse(environment)), Generation = 1, DueAt = dueAt, Attempt = attempt, Reason = "" };
}
