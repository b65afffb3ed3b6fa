using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Intake;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

public sealed class LostImageSpecs
{
    [Fact]
    public async Task An_image_of_this_machines_store_is_built_again_when_a_cluster_will_need_it_from_a_registry()
    {
        var onCluster = PassBench.Environment("prod", "dev") with { Target = new TargetSettings.Kubernetes { Namespace = "trg-{repository}" } };
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), onCluster);
        await bench.PassAsync("dev");
        var local = Assert.Single(await bench.DeploymentsAsync("dev")).Image;
        Assert.True(local.IsLocal && bench.Holds(local));

        await bench.PassAsync("dev");

        Assert.Equal(2, bench.Builder.Begun);
    }

    [Fact]
    public async Task An_image_that_was_pruned_is_built_again_where_it_was_built()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"));
        await bench.PassAsync("dev");
        var before = Assert.Single(await bench.DeploymentsAsync("dev"));

        bench.Prune(before.Image);
        await bench.PassAsync("dev");

        var after = (await bench.DeploymentsAsync("dev"))[0];
        Assert.Equal((DeploymentKind.Built, before.Hash), (after.Kind, after.Hash));
        Assert.True(bench.Holds(after.Image));
        await bench.PassAsync("dev");
        Assert.Equal(2, bench.Builder.Begun);
    }

    [Fact]
    public async Task A_promotion_whose_image_was_pruned_waits_until_upstream_has_built_it_again()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("prod", "dev"));
        await bench.PassAsync("dev");
        await bench.PassAsync("prod");

        bench.Prune((await bench.DeploymentsAsync("prod"))[0].Image);
        await bench.PassAsync("prod");
        var held = await bench.StatusAsync("prod");
        await bench.PassAsync("dev");
        await bench.PassAsync("prod");

        Assert.Equal(TriggerState.Held, held.State);
        Assert.StartsWith("its image can no longer be had from this machine's store and has to come from dev again", held.Message, StringComparison.Ordinal);
        var prod = await bench.DeploymentsAsync("prod");
        Assert.Equal([DeploymentKind.Promoted, DeploymentKind.Promoted], prod.Select(row => row.Kind));
        Assert.Equal((await bench.DeploymentsAsync("dev"))[0].Image, prod[0].Image);
        Assert.Equal(2, bench.Builder.Begun);
    }

    [Fact]
    public async Task A_promotion_whose_image_nobody_will_build_again_is_refused_with_what_to_do()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("prod", "dev", "release"));
        await bench.Repository.GitAsync("branch release");
        await bench.PassAsync("dev");
        await bench.PassAsync("prod");
        await bench.Repository.CommitAsync("Dockerfile", "FROM scratch\nUSER 65533:65533\n");
        await bench.PassAsync("dev");

        bench.Prune((await bench.DeploymentsAsync("prod"))[0].Image);
        await bench.PassAsync("prod");

        var finding = Assert.Single((await bench.StatusAsync("prod")).Findings);
        Assert.Contains("can no longer be had from this machine's store", finding.Message, StringComparison.Ordinal);
        Assert.StartsWith("Bring the branch 'release' to what dev runs now, or revert 'main'", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_engine_that_does_not_answer_is_no_proof_that_an_image_is_gone()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("prod", "dev"));
        await bench.PassAsync("dev");
        await bench.PassAsync("prod");

        bench.BreakPodman();
        bench.Schedule("0 10 * * *");
        await bench.Repository.CommitAsync();
        await bench.PassAsync("dev");
        await bench.PassAsync("prod");

        Assert.Equal(1, bench.Builder.Begun);
        Assert.Equal(DeploymentKind.Settings, (await bench.DeploymentsAsync("dev"))[0].Kind);
        Assert.Equal(DeploymentKind.Settings, (await bench.DeploymentsAsync("prod"))[0].Kind);
    }

    [Fact]
    public async Task A_container_engine_that_hangs_ends_a_pass_with_words_and_stops_no_other()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("prod", "dev"), PassBench.Environment("test", branch: "none"));
        await bench.PassAsync("dev");

        bench.HangPodman();
        var pass = bench.PassAsync("prod");
        await bench.PodmanHangsAsync();
        await bench.PassAsync("test");
        for (bench.Time.Advance(Patience.Usual); !pass.IsCompleted; bench.Time.Advance(ContainerCommand.Grace))
            await Task.Delay(50, PassBench.Cancelled);

        Assert.IsType<WorkResult.RetryAfter>(await pass);
        var record = (await bench.Get<StatusStore>().PassesAsync(PassBench.Cancelled)).Single(one => one.Environment.Value == "prod");
        Assert.Equal(PassOutcome.Failed, record.Outcome);
        Assert.Contains("The container engine did not answer within 2m.", record.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_settings_asks_the_container_engine_one_question()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("prod", "dev"));
        bench.Repository.Write("other/Dockerfile", "FROM scratch\nUSER 65532:65532\nENV OTHER=1\n");
        bench.Repository.Write("other/trigger.yaml", """
            apiVersion: triggers.gitops/v1
            kind: ScheduledTrigger
            name: other
            environments: { dev: { schedule: "0 9 * * *" }, prod: { schedule: "0 9 * * *" } }
            """);
        await bench.Repository.CommitAsync();
        await bench.PassAsync("dev");
        await bench.PassAsync("prod");
        bench.Schedule("0 10 * * *");
        await bench.Repository.CommitAsync();

        foreach (var environment in (string[])["dev", "prod"])
        {
            var before = bench.Asked;
            await bench.PassAsync(environment);

            Assert.Equal(1, bench.Asked - before);
            Assert.Equal(DeploymentKind.Settings, (await bench.DeploymentsAsync(environment))[0].Kind);
        }
    }

    [Fact]
    public async Task A_run_that_lacked_its_image_has_its_environment_looked_at_and_those_that_it_promotes_from()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("test", "dev"), PassBench.Environment("prod", "test"));
        var marks = bench.Get<EventMarks>();
        await marks.StartAsync(PassBench.Cancelled);

        marks.On(new EngineEvent.RunChanged(new RunRecord
        {
            Id = RunId.Parse("job-1"),
            Key = new TriggerKey(bench.Repository.Connected.Id, EnvironmentName.Parse("test"), TriggerName.Parse("job")),
            Origin = RunOrigin.Schedule,
            ScheduledFor = bench.Time.GetUtcNow(),
            State = RunState.Failed,
            Reason = RunRecord.ImageNeverPull,
            Commit = CommitSha.Parse(new string('a', 40)),
            Image = ImageReference.Parse("sha256:" + new string('b', 64)),
        }));

        await Eventually.HoldsAsync("test and dev are due", async () =>
            (await bench.Get<WorkStore>().ListAsync(PassBench.Cancelled)).Select(item => item.Environment.Value).Order().SequenceEqual(["dev", "test"]));
        await marks.StopAsync(CancellationToken.None);
    }
}
