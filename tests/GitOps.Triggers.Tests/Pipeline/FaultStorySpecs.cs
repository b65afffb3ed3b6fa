using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>What goes wrong with one thing does so with that thing alone, and is mended by the next pass.</summary>
public class FaultStorySpecs
{
    [Fact]
    public async Task A_broken_manifest_is_refused_and_the_good_one_beside_it_is_deployed()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("good");
        bench.Write("broken", schedule: "0 0 31 2 *");
        await bench.Git.CommitAsync();

        await bench.ReconcileAsync("dev");

        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("good", "dev")).State);
        var refused = await bench.StatusAsync("broken", "dev");
        Assert.Equal((TriggerState.Rejected, "broken/trigger.yaml"), (refused.State, refused.Findings[0].File));
        Assert.Equal(["good"], bench.Builder.Built);
    }

    [Fact]
    public async Task What_runs_of_a_refused_manifest_is_tried_again_when_its_target_is_away()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("job");
        await bench.Git.CommitAsync();
        await bench.ReconcileAsync("dev");
        bench.Write("job", schedule: "0 0 31 2 *");
        await bench.Git.CommitAsync();
        bench.Target.Refusals["job"] = new InvalidOperationException("it does not answer");

        var next = await bench.ReconcileAsync("dev");

        Assert.IsType<WorkResult.RetryAfter>(next);
        Assert.Equal(TriggerState.Rejected, (await bench.StatusAsync("job", "dev")).State);
    }

    [Fact]
    public async Task A_branch_that_vanishes_suspends_what_runs_and_its_return_releases_it()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("job");
        await bench.Git.CommitAsync();
        await bench.ReconcileAsync("dev");
        await bench.Git.GitAsync("checkout --quiet -b elsewhere");
        await bench.Git.GitAsync("branch --quiet -D main");

        await bench.ReconcileAsync("dev");

        Assert.True(bench.Applied("job", "dev").Spec.Suspend);
        Assert.Equal(PassOutcome.BranchMissing, (await bench.PassAsync("dev")).Outcome);
        Assert.Equal(TriggerState.Suspended, (await bench.StatusAsync("job", "dev")).State);
        await bench.Git.GitAsync("branch main");
        await bench.ReconcileAsync("dev");
        Assert.NotEqual(true, bench.Applied("job", "dev").Spec.Suspend);
        Assert.Equal(["job"], bench.Builder.Built);
    }

    [Fact]
    public async Task A_build_does_not_begin_where_the_engines_disk_is_short_and_is_tried_again()
    {
        await using var bench = await PassBench.CreateAsync(new Limits { ContextBytes = 1L << 60 }, PassBench.Environment("dev"));

        var next = await bench.PassAsync("dev");

        Assert.Equal(0, bench.Builder.Begun);
        Assert.StartsWith("the disk of the data folder has ", Assert.Single(await bench.BuildsAsync()).Reason, StringComparison.Ordinal);
        Assert.IsType<WorkResult.RetryAfter>(next);
    }

    [Fact]
    public async Task A_freeze_does_not_start_again_what_stands_still()
    {
        await using var bench = await DeployedAndFrozenOnThursdaysAsync();
        await bench.Git.GitAsync("branch --quiet -D prod");
        await bench.ReconcileAsync("prod");
        Assert.True(bench.Applied("job", "prod").Spec.Suspend);

        bench.Time.Advance(TimeSpan.FromHours(18));
        await bench.ReconcileAsync("prod");

        Assert.True(bench.Applied("job", "prod").Spec.Suspend);
        Assert.Equal(TriggerState.Suspended, (await bench.StatusAsync("job", "prod")).State);
    }

    [Fact]
    public async Task A_branch_that_vanishes_in_a_freeze_is_suspended_when_it_ends()
    {
        await using var bench = await DeployedAndFrozenOnThursdaysAsync();
        await bench.Git.GitAsync("branch --quiet -D prod");
        bench.Time.Advance(TimeSpan.FromHours(18));

        var next = Assert.IsType<WorkResult.Again>(await bench.ReconcileAsync("prod"));

        var held = await bench.StatusAsync("job", "prod");
        Assert.Equal((TriggerState.Held, next.At), (held.State, held.Until));
        Assert.StartsWith("the branch 'prod' no longer exists, and it is to be suspended; prod is frozen until", held.Message);
        Assert.NotEqual(true, bench.Applied("job", "prod").Spec.Suspend);

        bench.Time.Advance(next.At - bench.Time.GetUtcNow());
        await bench.ReconcileAsync("prod");

        Assert.Equal(TriggerState.Suspended, (await bench.StatusAsync("job", "prod")).State);
        Assert.True(bench.Applied("job", "prod").Spec.Suspend);
    }

    [Fact]
    public async Task A_branch_that_comes_back_in_a_freeze_runs_again_when_it_ends()
    {
        await using var bench = await DeployedAndFrozenOnThursdaysAsync();
        await bench.Git.GitAsync("branch --quiet -D prod");
        await bench.ReconcileAsync("prod");
        bench.Time.Advance(TimeSpan.FromHours(18));
        await bench.Git.GitAsync("branch prod");

        var next = Assert.IsType<WorkResult.Again>(await bench.ReconcileAsync("prod"));

        Assert.True(bench.Applied("job", "prod").Spec.Suspend);
        bench.Time.Advance(next.At - bench.Time.GetUtcNow());
        await bench.ReconcileAsync("prod");
        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("job", "prod")).State);
        Assert.NotEqual(true, bench.Applied("job", "prod").Spec.Suspend);
    }

    [Fact]
    public async Task What_cannot_be_read_does_not_start_again_what_stands_still()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("job");
        await bench.Git.CommitAsync();
        await bench.ReconcileAsync("dev");
        await bench.Git.GitAsync("checkout --quiet -b elsewhere");
        await bench.Git.GitAsync("branch --quiet -D main");
        await bench.ReconcileAsync("dev");

        await bench.Git.GitAsync("checkout --quiet -b main");
        bench.Git.Write("job/trigger.yaml", "not: a manifest\n");
        await bench.Git.CommitAsync();
        await bench.ReconcileAsync("dev");

        Assert.True(bench.Applied("job", "dev").Spec.Suspend);
    }

    [Fact]
    public async Task A_pause_that_comes_while_a_release_is_applied_holds_at_once()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("job");
        await bench.Git.CommitAsync();
        var key = bench.Key("job", "dev");
        bench.Target.Meanwhile = () => bench.Pauses.PauseAsync(new PauseRecord { Key = key, Since = bench.Time.GetUtcNow() }, TestContext.Current.CancellationToken);

        await bench.ReconcileAsync("dev");

        Assert.True(bench.Applied("job", "dev").Spec.Suspend);
    }

    [Fact]
    public async Task A_target_that_fails_for_one_trigger_leaves_that_one_to_be_tried_again_and_no_other()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("good");
        bench.Write("unlucky", "echo other");
        await bench.Git.CommitAsync();
        bench.Target.Refusals["unlucky"] = new IOException("the API server does not answer");

        var result = await bench.ReconcileAsync("dev");

        Assert.Contains("the API server does not answer", Assert.IsType<WorkResult.RetryAfter>(result).Reason, StringComparison.Ordinal);
        Assert.Equal(TriggerState.Retrying, (await bench.StatusAsync("unlucky", "dev")).State);
        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("good", "dev")).State);
        bench.Target.Refusals.Clear();
        Assert.IsType<WorkResult.Completed>(await bench.ReconcileAsync("dev"));
        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("unlucky", "dev")).State);
        Assert.Equal(2, bench.Builder.Built.Count);
    }

    [Fact]
    public async Task A_builder_that_fails_for_one_trigger_leaves_that_one_to_be_tried_again_and_no_other()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("good");
        bench.Write("unlucky", "echo other");
        await bench.Git.CommitAsync();
        bench.Builder.Meanwhile = (request, _) => request.Trigger.Value == "unlucky" ? throw new IOException("the disk is full") : Task.CompletedTask;

        Assert.IsType<WorkResult.RetryAfter>(await bench.ReconcileAsync("dev"));

        Assert.Equal(TriggerState.Retrying, (await bench.StatusAsync("unlucky", "dev")).State);
        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("good", "dev")).State);
        bench.Builder.Meanwhile = (_, _) => Task.CompletedTask;
        Assert.IsType<WorkResult.Completed>(await bench.ReconcileAsync("dev"));
        Assert.Equal(["good", "unlucky", "unlucky"], bench.Builder.Built.Order());
    }

    [Fact]
    public async Task A_newer_commit_ends_the_build_for_an_older_one_and_is_built_itself()
    {
        await using var bench = await PipelineBench.StartAsync();
        var building = HoldBuilds(bench, out _);
        bench.Write("job");
        await bench.Git.CommitAsync();
        var pass = bench.ReconcileAsync("dev");
        await building;

        bench.Write("job", "echo newer");
        var newer = await bench.Git.CommitAsync();
        bench.MarkAgain();

        Assert.IsType<WorkResult.Again>(await pass);
        Assert.Equal(PassOutcome.Superseded, (await bench.PassAsync("dev")).Outcome);
        Assert.Null(bench.Target.Find(bench.Key("job", "dev")));
        bench.Builder.Meanwhile = (_, _) => Task.CompletedTask;
        await bench.ReconcileAsync("dev");
        Assert.Equal([BuildState.Succeeded, BuildState.Cancelled], await bench.BuildsAsync());
        Assert.Equal(newer, (await bench.StatusAsync("job", "dev")).Commit);
    }

    [Fact]
    public async Task A_push_that_is_heard_twice_does_not_end_its_own_build()
    {
        await using var bench = await PipelineBench.StartAsync();
        var building = HoldBuilds(bench, out var release);
        bench.Write("job");
        await bench.Git.CommitAsync();
        var pass = bench.ReconcileAsync("dev");
        await building;

        bench.MarkAgain();
        await bench.MarksHeardAsync();
        release.SetResult();
        await pass;

        Assert.Equal([BuildState.Succeeded], await bench.BuildsAsync());
        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("job", "dev")).State);
    }

    [Fact]
    public async Task A_branch_that_cannot_be_looked_at_during_a_build_costs_nothing_of_what_is_built()
    {
        await using var bench = await PipelineBench.StartAsync();
        var building = HoldBuilds(bench, out var release);
        bench.Write("job");
        await bench.Git.CommitAsync();
        var pass = bench.ReconcileAsync("dev");
        await building;

        bench.BreakMirror();
        // The second one is heard only by a watch that has outlived the first.
        bench.MarkAgain();
        await bench.MarksHeardAsync();
        bench.MarkAgain();
        await bench.MarksHeardAsync();
        release.SetResult();

        Assert.IsType<WorkResult.Completed>(await pass);
        Assert.Equal(PassOutcome.Applied, (await bench.PassAsync("dev")).Outcome);
        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("job", "dev")).State);
    }

    [Fact]
    public async Task A_pause_holds_through_each_deployment_and_a_pass_after_its_end_lays_the_schedule_bare()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("job");
        await bench.Git.CommitAsync();
        await bench.ReconcileAsync("dev");
        var first = bench.Image("job", "dev");
        await bench.Pauses.PauseAsync(new PauseRecord { Key = bench.Key("job", "dev"), Since = bench.Time.GetUtcNow(), Reason = "audit" }, TestContext.Current.CancellationToken);

        bench.Write("job", "echo second");
        await bench.Git.CommitAsync();
        await bench.ReconcileAsync("dev");

        Assert.NotEqual(first, bench.Image("job", "dev"));
        Assert.True(bench.Applied("job", "dev").Spec.Suspend);
        await bench.Pauses.ResumeAsync(bench.Key("job", "dev"), TestContext.Current.CancellationToken);
        await bench.ReconcileAsync("dev");
        Assert.NotEqual(true, bench.Applied("job", "dev").Spec.Suspend);
    }

    /// <returns>Ends when a build has begun; it goes on until it is released or cancelled.</returns>
    private static Task HoldBuilds(PipelineBench bench, out TaskCompletionSource release)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bench.Builder.Meanwhile = async (_, ct) =>
        {
            begun.TrySetResult();
            await end.Task.WaitAsync(ct);
        };
        return begun.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>A job that runs in dev and prod, a few hours before a Thursday begins, on which prod is frozen.</summary>
    private static async Task<PipelineBench> DeployedAndFrozenOnThursdaysAsync()
    {
        var thursdays = new FreezeWindow(CronSchedule.Parse("0 0 * * THU", "Etc/UTC"), TimeSpan.FromDays(1));
        var bench = await PipelineBench.StartAsync(new Gates { Freeze = [thursdays] });
        bench.Write("job");
        await bench.Git.CommitAsync();
        await bench.ReconcileAsync("dev");
        await bench.Git.GitAsync("branch prod");
        await bench.ReconcileAsync("prod");
        return bench;
    }
}
