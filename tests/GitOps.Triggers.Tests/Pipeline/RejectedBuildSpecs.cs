using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

public sealed class RejectedBuildSpecs
{
    [Fact]
    public async Task What_failed_by_its_own_fault_is_built_once_however_often_it_is_looked_at()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"), PassBench.Environment("test"));
        bench.Builder.Next = (_, _) => ScriptedBuilder.Reject();

        await bench.PassAsync("dev");
        var first = await bench.StatusAsync("dev");
        await bench.PassAsync("dev");
        await bench.PassAsync("test");

        Assert.Equal(1, bench.Builder.Begun);
        Assert.Equal(BuildState.Rejected, Assert.Single(await bench.BuildsAsync()).State);
        foreach (var status in (TriggerStatus[])[first, await bench.StatusAsync("dev"), await bench.StatusAsync("test")])
        {
            Assert.Equal(TriggerState.Rejected, status.State);
            var finding = Assert.Single(status.Findings);
            Assert.Equal(("Dockerfile", 2, "build 1 failed: the step 'RUN make' failed with exit code 2."), (finding.File, finding.Line, finding.Message));
            Assert.Contains("`gitops-triggers logs --build 1`", finding.Fix, StringComparison.Ordinal);
            Assert.Contains("`gitops-triggers sync` tries again", finding.Fix, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_runs_beside_it_stays_and_is_kept_free_of_drift()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"));
        await bench.PassAsync("dev");
        var key = Assert.Single(await bench.DeploymentsAsync("dev")).Key;
        var applied = await bench.Get<LocalCronJobStore>().FindAsync(key, PassBench.Cancelled);
        bench.Builder.Next = (_, _) => ScriptedBuilder.Reject();
        await bench.Repository.CommitAsync("Dockerfile", "FROM scratch\nUSER 65533:65533\n");
        await bench.PassAsync("dev");

        await bench.Get<ITarget>().SuspendAsync(key, PauseRecord.InWords, PassBench.Cancelled);
        await bench.PassAsync("dev");

        Assert.Equal(TriggerState.Rejected, (await bench.StatusAsync("dev")).State);
        Assert.Equal(applied!.Spec, (await bench.Get<LocalCronJobStore>().FindAsync(key, PassBench.Cancelled))!.Spec);
    }

    [Fact]
    public async Task It_is_built_again_when_what_it_is_built_from_changes()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"));
        bench.Builder.Next = (_, _) => ScriptedBuilder.Reject();
        await bench.PassAsync("dev");

        bench.Builder.Next = null;
        await bench.Repository.CommitAsync("Dockerfile", "FROM scratch\nUSER 65533:65533\n");
        await bench.PassAsync("dev");

        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("dev")).State);
    }

    [Fact]
    public async Task It_is_built_once_more_when_somebody_asks()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"));
        bench.Builder.Next = (_, _) => ScriptedBuilder.Reject();
        await bench.PassAsync("dev");

        Assert.Equal(1, await bench.Get<BuildStore>().ForgetFailuresAsync(bench.Repository.Connected.Id, PassBench.Cancelled));
        await bench.PassAsync("dev");
        await bench.PassAsync("dev");

        Assert.Equal(2, bench.Builder.Begun);
        Assert.Equal(TriggerState.Rejected, (await bench.StatusAsync("dev")).State);
    }

    [Fact]
    public async Task What_failed_outside_is_tried_again_without_anybody_asking()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"));
        bench.Builder.Next = (_, _) => ScriptedBuilder.Fail();
        await bench.PassAsync("dev");
        Assert.Equal(TriggerState.Retrying, (await bench.StatusAsync("dev")).State);

        bench.Builder.Next = null;
        await bench.PassAsync("dev");

        Assert.Equal([BuildState.Succeeded, BuildState.Failed], (await bench.BuildsAsync()).Select(build => build.State));
        Assert.Equal(TriggerState.Deployed, (await bench.StatusAsync("dev")).State);
    }

    [Fact]
    public async Task A_failure_that_a_later_build_disproved_is_not_held_against_its_inputs()
    {
        await using var bench = await PassBench.CreateAsync(PassBench.Environment("dev"));
        var store = bench.Get<BuildStore>();
        var failed = new BuildRecord
        {
            Repository = bench.Repository.Connected.Id,
            Trigger = TriggerName.Parse("job"),
            Environment = EnvironmentName.Parse("dev"),
            Hash = InputHash.FromDigest(new byte[32]),
            Commit = CommitSha.Parse(new string('c', 40)),
            State = BuildState.Rejected,
            Builder = "test",
            StartedAt = bench.Time.GetUtcNow(),
        };
        await store.AddAsync(failed, PassBench.Cancelled);
        Assert.Single((await store.JudgedAsync(failed.Repository, [failed.Hash], PassBench.Cancelled)).Rejected);

        await store.AddAsync(failed with { Id = 0, State = BuildState.Succeeded }, PassBench.Cancelled);

        Assert.Empty((await store.JudgedAsync(failed.Repository, [failed.Hash], PassBench.Cancelled)).Rejected);
    }
}
