using GitOps.Triggers.Domain;
using GitOps.Triggers.Pipeline;
using GitOps.Triggers.Tests.Deployment;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Pipeline;

/// <summary>What a cluster answers, as it comes to stand in a trigger's status.</summary>
public sealed class DeployStageSpecs : IAsyncLifetime
{
    private ApiServer api = null!;
    private TargetBench bench = null!;
    private DeploymentRecord current = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await ApiServer.StartAsync();
        api.Token = "engine";
        bench = await TargetBench.StartAsync(api.KubeconfigFile());
        current = await bench.RecordAsync("job", bench.Render("job"));
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task A_hold_keeps_what_runs_free_of_drift()
    {
        var outcome = await ExecuteAsync(Hold);

        Assert.Equal((TriggerState.Held, "not yet", true), (outcome.Status!.State, outcome.Status.Message, outcome.Changed));
        Assert.False(Assert.Single(api.Objects<V1CronJob>()).Spec.Suspend);
    }

    [Fact]
    public async Task A_hold_leaves_nothing_standing_of_which_no_release_is_recorded()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        await bench.Deployments.RemoveAsync([.. (await bench.Deployments.HistoryAsync(current.Key.Work, Ct)).Select(row => row.Id)], Ct);
        Assert.Single(api.Objects<V1CronJob>());

        var outcome = await ExecuteAsync(new PlanItem.Hold(current.Trigger, "not yet", null, null));

        Assert.Equal((TriggerState.Held, "not yet"), (outcome.Status!.State, outcome.Status.Message));
        Assert.Empty(api.Objects<V1CronJob>());
    }

    [Fact]
    public async Task A_busy_cluster_is_tried_again_when_it_says()
    {
        api.Fail(_ => true, 429, retryAfter: 77);

        var outcome = await ExecuteAsync(Hold);

        Assert.Equal((TriggerState.Retrying, TimeSpan.FromSeconds(77)), (outcome.Status!.State, outcome.RetryAfter));
    }

    [Fact]
    public async Task What_the_cluster_refuses_is_a_finding_and_what_it_waits_for_stays()
    {
        api.Fail(request => request is { IsApply: true, Resource: "cronjobs" }, 422, message: "spec.timeZone: unknown time zone");

        var outcome = await ExecuteAsync(Hold);

        Assert.Equal((TriggerState.Held, "not yet"), (outcome.Status!.State, outcome.Status.Message));
        Assert.Contains("unknown time zone", Assert.Single(outcome.Status.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pause_is_laid_over_whatever_is_applied()
    {
        await bench.Pauses.PauseAsync(new PauseRecord { Key = current.Key, Since = DateTimeOffset.UnixEpoch }, Ct);

        await ExecuteAsync(Hold);

        Assert.True(Assert.Single(api.Objects<V1CronJob>()).Spec.Suspend);
    }

    [Fact]
    public async Task What_cannot_be_taken_down_yet_is_not_recorded_as_taken_down()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        api.Fail(request => request.Verb == "DELETE", 500, times: 4);

        var failed = await ExecuteAsync(new PlanItem.Prune(current));
        Assert.Equal(TriggerState.Retrying, failed.Status!.State);
        Assert.False((await bench.Deployments.HistoryAsync(current.Key.Work, Ct)).Single(row => row.Id == current.Id).Pruned);

        Assert.Null((await ExecuteAsync(new PlanItem.Prune(current))).Status);
        Assert.Empty(api.Objects<V1CronJob>());
    }

    private PlanItem.Hold Hold => new(current.Trigger, "not yet", null, current);

    private Task<DeployOutcome> ExecuteAsync(PlanItem item) => bench.ExecuteAsync(item, bench.Target);
}
