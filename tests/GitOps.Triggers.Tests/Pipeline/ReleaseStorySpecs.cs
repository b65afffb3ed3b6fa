using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>What a push to a branch does, from git to the target.</summary>
public class ReleaseStorySpecs
{
    [Fact]
    public async Task A_push_is_built_and_deployed_and_looking_again_changes_nothing()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("job", schedule: "30 6 * * *");
        var commit = await bench.Git.CommitAsync();

        var result = await bench.ReconcileAsync("dev");

        Assert.IsType<WorkResult.Completed>(result);
        Assert.Equal((PassOutcome.Applied, commit), ((await bench.PassAsync("dev")).Outcome, (await bench.PassAsync("dev")).Commit));
        Assert.Equal("30 6 * * *", bench.Applied("job", "dev").Spec.Schedule);
        await bench.ReconcileAsync("dev");
        Assert.Equal(PassOutcome.Unchanged, (await bench.PassAsync("dev")).Outcome);
        Assert.Equal(["job"], bench.Builder.Built);
        Assert.Equal([DeploymentKind.Built], await bench.KindsAsync("dev"));
    }

    [Fact]
    public async Task Another_schedule_alone_builds_nothing()
    {
        await using var bench = await PipelineBench.StartAsync();
        var image = await DeployedAsync(bench);

        bench.Write("job", schedule: "0 7 * * *");
        await bench.Git.CommitAsync();
        await bench.ReconcileAsync("dev");

        Assert.Equal(("0 7 * * *", image), (bench.Applied("job", "dev").Spec.Schedule, bench.Image("job", "dev")));
        Assert.Equal(["job"], bench.Builder.Built);
        Assert.Equal([DeploymentKind.Settings, DeploymentKind.Built], await bench.KindsAsync("dev"));
    }

    [Theory]
    [InlineData("merge --quiet --no-ff --message merged main")]
    [InlineData("merge --quiet --squash main")]
    [InlineData("rebase --quiet main")]
    public async Task However_a_change_comes_to_prod_it_runs_the_very_image_of_dev(string how)
    {
        await using var bench = await PipelineBench.StartAsync();
        await DeployedAsync(bench);
        await bench.Git.GitAsync("checkout --quiet -b prod");
        await bench.ReconcileAsync("prod");
        await bench.Git.CommitAsync("NOTES.md", "prod has a commit of its own");
        await bench.Git.GitAsync("checkout --quiet main");
        var image = await DeployedAsync(bench, "echo second");

        await bench.Git.GitAsync("checkout --quiet prod");
        await bench.Git.GitAsync(how);
        await bench.Git.CommitAsync("Promoted");
        await bench.ReconcileAsync("prod");

        Assert.NotEqual(await bench.Git.HeadAsync("main"), await bench.Git.HeadAsync("prod"));
        Assert.Equal(image, bench.Image("job", "prod"));
        Assert.Equal(["job", "job"], bench.Builder.Built);
        Assert.Equal([DeploymentKind.Promoted, DeploymentKind.Promoted], await bench.KindsAsync("prod"));
    }

    [Fact]
    public async Task A_revert_brings_the_old_image_back_and_builds_nothing()
    {
        await using var bench = await PipelineBench.StartAsync();
        var first = await DeployedAsync(bench);
        var second = await DeployedAsync(bench, "echo second");

        await bench.Git.GitAsync("revert --no-edit HEAD");
        await bench.ReconcileAsync("dev");

        Assert.NotEqual(first, second);
        Assert.Equal(first, bench.Image("job", "dev"));
        Assert.Equal(["job", "job"], bench.Builder.Built);
        Assert.Equal(DeploymentKind.RolledBack, (await bench.KindsAsync("dev"))[0]);
    }

    [Fact]
    public async Task A_promotion_is_held_by_its_gate_and_released_by_the_run_that_opens_it()
    {
        await using var bench = await PipelineBench.StartAsync(new Gates { SuccessfulRuns = 1 });
        var image = await DeployedAsync(bench);
        await bench.Git.GitAsync("branch prod");

        var held = await bench.ReconcileAsync("prod");

        Assert.IsType<WorkResult.Again>(held);
        Assert.Null(bench.Target.Find(bench.Key("job", "prod")));
        var status = await bench.StatusAsync("job", "prod");
        Assert.Equal(TriggerState.Held, status.State);
        Assert.Contains("needs 1 successful run in dev, has 0", status.Message, StringComparison.Ordinal);
        await bench.RanWellAsync("job", "dev");
        Assert.IsType<WorkResult.Completed>(await bench.ReconcileAsync("prod"));
        Assert.Equal(image, bench.Image("job", "prod"));
    }

    [Fact]
    public async Task An_image_that_was_never_in_dev_is_refused_in_prod_and_not_built()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("job");
        await bench.Git.CommitAsync();
        await bench.Git.GitAsync("checkout --quiet -b prod");
        bench.Write("job", "echo only in prod");
        await bench.Git.CommitAsync();

        await bench.ReconcileAsync("prod");

        Assert.Equal(TriggerState.Rejected, (await bench.StatusAsync("job", "prod")).State);
        Assert.Null(bench.Target.Find(bench.Key("job", "prod")));
        Assert.Empty(bench.Builder.Built);
    }

    [Fact]
    public async Task A_trigger_that_leaves_the_branch_is_taken_down_and_one_that_comes_back_is_not_built_again()
    {
        await using var bench = await PipelineBench.StartAsync();
        bench.Write("stays", "echo other");
        var image = await DeployedAsync(bench);
        bench.Git.Delete("job/trigger.yaml");
        await bench.Git.CommitAsync();

        await bench.ReconcileAsync("dev");

        Assert.Null(bench.Target.Find(bench.Key("job", "dev")));
        Assert.NotNull(bench.Target.Find(bench.Key("stays", "dev")));
        Assert.Equal(image, await DeployedAsync(bench));
        Assert.Equal(2, bench.Builder.Built.Count);
    }

    /// <returns>The image that then runs in dev.</returns>
    private static async Task<string> DeployedAsync(PipelineBench bench, string script = "echo hello")
    {
        bench.Write("job", script);
        await bench.Git.CommitAsync();
        await bench.ReconcileAsync("dev");
        return bench.Image("job", "dev");
    }
}
