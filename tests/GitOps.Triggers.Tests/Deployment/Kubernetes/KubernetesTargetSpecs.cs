using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Deployment;

public sealed class KubernetesTargetSpecs : IAsyncLifetime
{
    private ApiServer api = null!;
    private TargetBench bench = null!;

    public static TheoryData<string> Edits => ["schedule", "suspend", "annotation", "image"];

    public async ValueTask InitializeAsync()
    {
        api = await ApiServer.StartAsync();
        api.Token = "engine";
        bench = await TargetBench.StartAsync(api.KubeconfigFile());
    }

    public async ValueTask DisposeAsync()
    {
        bench.Dispose();
        await api.DisposeAsync();
    }

    [Fact]
    public async Task The_first_apply_makes_all_that_a_run_needs_and_the_second_writes_nothing()
    {
        Assert.Equal(ApplyResult.Created, await ApplyAsync());
        Assert.Equal("restricted", api.Get<V1Namespace>("", bench.Space)!.Metadata.Labels["pod-security.kubernetes.io/enforce"]);
        Assert.False(api.Get<V1ServiceAccount>(bench.Space, EnvironmentObjects.RunAccount)!.AutomountServiceAccountToken);
        Assert.Equal(["Ingress"], Assert.Single(api.Objects<V1NetworkPolicy>()).Spec.PolicyTypes);
        Assert.Empty(api.Objects<V1ResourceQuota>());

        api.Requests.Clear();
        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync());

        Assert.Equal(["GET"], api.Requests.Select(request => request.Verb));
    }

    [Fact]
    public async Task A_release_is_looked_for_once_and_written_once()
    {
        await ApplyAsync();
        api.Requests.Clear();

        Assert.Equal(ApplyResult.Changed, await bench.ApplyAsync("job", bench.Render("job", "0 10 * * *")));

        Assert.Equal(["GET", "PATCH"], api.Requests.Select(request => request.Verb));
        Assert.DoesNotContain(api.Requests, request => request.IsDryRun);
    }

    [Fact]
    public async Task A_release_in_the_place_of_one_that_is_watched_is_one_request()
    {
        await ApplyAsync();
        bench.Environment.Applied.Watched(null, true);
        api.Requests.Clear();

        Assert.Equal(ApplyResult.Changed, await bench.ApplyAsync("job", bench.Render("job", "0 10 * * *")));

        Assert.Equal("PATCH", Assert.Single(api.Requests).Verb);
        Assert.Equal("0 10 * * *", Assert.Single(api.Objects<V1CronJob>()).Spec.Schedule);
    }

    [Fact]
    public async Task What_somebody_has_just_put_in_the_place_of_a_CronJob_is_not_taken_over()
    {
        await ApplyAsync();
        var ours = Assert.Single(api.Objects<V1CronJob>());
        bench.Environment.Applied.Watched(null, true);
        // The watch has not told of it yet.
        api.Delete<V1CronJob>(bench.Space, ours.Metadata.Name);
        ours.Metadata = new V1ObjectMeta { Name = ours.Metadata.Name, NamespaceProperty = bench.Space };
        api.Put(ours);

        var result = await bench.TryAsync("job", bench.Render("job", "0 10 * * *"));

        Assert.IsType<StageResult<ApplyResult>.Rejected>(result);
        Assert.Equal("0 9 * * *", Assert.Single(api.Objects<V1CronJob>()).Spec.Schedule);
    }

    [Fact]
    public async Task A_CronJob_that_has_just_been_deleted_is_made_again_by_the_next_release()
    {
        await ApplyAsync();
        bench.Environment.Applied.Watched(null, true);
        api.Delete<V1CronJob>(bench.Space, Assert.Single(api.Objects<V1CronJob>()).Metadata.Name);

        Assert.Equal(ApplyResult.Created, await bench.ApplyAsync("job", bench.Render("job", "0 10 * * *")));
    }

    [Fact]
    public async Task After_a_restart_an_unchanged_CronJob_is_not_written()
    {
        await ApplyAsync();
        bench.Restart();
        api.Requests.Clear();

        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync());
        Assert.DoesNotContain(api.Requests, request => request.IsApply && !request.IsDryRun);
    }

    [Theory, MemberData(nameof(Edits))]
    [Threat(31)]
    public async Task What_somebody_edits_by_hand_is_put_back(string what)
    {
        await ApplyAsync();
        var name = Edit(what);

        Assert.Equal(ApplyResult.Changed, await ApplyAsync());
        Assert.Equal(ApplyResult.Unchanged, await ApplyAsync());
        var stands = api.Get<V1CronJob>(bench.Space, name)!;
        Assert.Equal(("0 9 * * *", false), (stands.Spec.Schedule, stands.Spec.Suspend));
    }

    [Fact]
    [Threat(31)]
    public async Task What_somebody_deletes_comes_back_with_its_namespace()
    {
        await ApplyAsync();
        api.Delete<V1CronJob>(bench.Space, bench.Render("job").Metadata.Name);
        Assert.Equal(ApplyResult.Created, await ApplyAsync());
        api.Delete<V1Namespace>("", bench.Space);

        Assert.Equal(ApplyResult.Created, await ApplyAsync());
        Assert.NotNull(api.Get<V1ServiceAccount>(bench.Space, EnvironmentObjects.RunAccount));
    }

    [Fact]
    public async Task Where_drift_is_only_detected_it_is_told_and_left_until_the_next_release()
    {
        using var detecting = await TargetBench.StartAsync(api.KubeconfigFile(), bench.Settings with { Drift = DriftPolicy.Detect });
        await detecting.ApplyAsync("job", detecting.Render("job"));
        var name = Edit("suspend");
        detecting.Restart();

        Assert.Equal(ApplyResult.Drifted, await detecting.ApplyAsync("job", detecting.Render("job")));
        Assert.True(api.Get<V1CronJob>(bench.Space, name)!.Spec.Suspend);
        Assert.Equal(ApplyResult.Changed, await detecting.ApplyAsync("job", detecting.Render("job", "0 10 * * *")));
        Assert.False(api.Get<V1CronJob>(bench.Space, name)!.Spec.Suspend);
    }

    [Fact]
    [Threat(31)]
    public async Task Somebody_elses_CronJob_of_the_same_name_is_left_alone()
    {
        var job = bench.Render("job");
        await bench.ApplyAsync("other", bench.Render("other"));
        var theirs = bench.Render("job");
        theirs.Metadata.Labels = new Dictionary<string, string> { [OwnershipLabels.ManagedBy] = "helm" };
        var before = api.Put(theirs);

        var refused = Assert.IsType<StageResult<ApplyResult>.Rejected>(await bench.TryAsync("job", job));

        Assert.Contains(job.Metadata.Name, Assert.Single(refused.Findings).Message, StringComparison.Ordinal);
        await bench.RecordAsync("job", job);
        Assert.Equal(new StageResult<bool>.Done(false), await bench.Target.PruneAsync(TargetBench.Key("job"), Ct));
        Assert.Equal(before.Metadata.ResourceVersion, api.Get<V1CronJob>(bench.Space, job.Metadata.Name)!.Metadata.ResourceVersion);
    }

    [Fact]
    [Threat(32)]
    public async Task An_apply_that_broke_off_half_way_is_completed_by_the_next()
    {
        api.Fail(request => request is { IsApply: true, Resource: "cronjobs" }, 500, times: 4);
        Assert.IsType<StageResult<ApplyResult>.Retry>(await bench.TryAsync("job", bench.Render("job")));
        Assert.NotNull(api.Get<V1Namespace>("", bench.Space));
        Assert.Empty(api.Objects<V1CronJob>());

        Assert.Equal(ApplyResult.Created, await ApplyAsync());
    }

    [Fact]
    public async Task A_lost_answer_is_no_second_write()
    {
        api.LoseAnswer(request => request is { IsApply: true, Resource: "cronjobs" });

        Assert.Equal(ApplyResult.Created, await ApplyAsync());
        Assert.Equal(1, Assert.Single(api.Objects<V1CronJob>()).Metadata.Generation);
    }

    [Fact]
    [Threat(32)]
    public async Task A_busy_server_is_left_alone_for_as_long_as_it_says()
    {
        api.Fail(_ => true, 429, retryAfter: 77);

        var retry = Assert.IsType<StageResult<ApplyResult>.Retry>(await bench.TryAsync("job", bench.Render("job")));

        Assert.Equal(TimeSpan.FromSeconds(77), retry.After);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_soon_left_alone_for_a_while()
    {
        api.Drop(_ => true, times: 1_000);
        for (var i = 0; i < 2; i++)
            Assert.IsType<StageResult<ApplyResult>.Retry>(await bench.TryAsync("job", bench.Render("job")));
        api.Requests.Clear();

        var retry = Assert.IsType<StageResult<ApplyResult>.Retry>(await bench.TryAsync("job", bench.Render("job")));

        Assert.Contains("did not answer", retry.Reason, StringComparison.Ordinal);
        Assert.Empty(api.Requests);
    }

    [Fact]
    public async Task A_missing_right_is_told_with_where_to_find_it()
    {
        api.Fail(request => request.Resource == "cronjobs", 403, message: "cronjobs.batch is forbidden: User \"engine\" cannot patch");

        var retry = Assert.IsType<StageResult<ApplyResult>.Retry>(await bench.TryAsync("job", bench.Render("job")));

        Assert.Contains("cannot patch", retry.Reason, StringComparison.Ordinal);
        Assert.Contains("docs/kubernetes.md", retry.Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Threat(33)]
    public async Task What_the_server_refuses_never_costs_the_CronJob_that_runs()
    {
        await ApplyAsync();
        api.Fail(request => request is { IsApply: true, Resource: "cronjobs" }, 422, message: "spec.schedule: field is immutable");

        var refused = Assert.IsType<StageResult<ApplyResult>.Rejected>(await bench.TryAsync("job", bench.Render("job", "0 10 * * *")));

        Assert.Contains("field is immutable", refused.Findings[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Requests, request => request.Verb == "DELETE");
        Assert.Equal("0 9 * * *", Assert.Single(api.Objects<V1CronJob>()).Spec.Schedule);
    }

    [Fact]
    [Threat(32)]
    public async Task A_conflict_is_tried_again_later()
    {
        await ApplyAsync();
        api.Fail(request => request is { IsApply: true, IsDryRun: false, Resource: "cronjobs" }, 409);

        Assert.IsType<StageResult<ApplyResult>.Retry>(await bench.TryAsync("job", bench.Render("job", "0 10 * * *")));
        Assert.Equal(ApplyResult.Changed, await bench.ApplyAsync("job", bench.Render("job", "0 10 * * *")));
    }

    [Fact]
    public async Task A_pause_holds_at_once_and_through_deployments()
    {
        await ApplyAsync();
        Assert.Equal(new StageResult<bool>.Done(true), await bench.Target.SuspendAsync(TargetBench.Key("job"), PauseRecord.InWords, Ct));
        Assert.True(Assert.Single(api.Objects<V1CronJob>()).Spec.Suspend);

        var next = Suspension.Of(bench.Render("job", "0 10 * * *"), PauseRecord.InWords);
        await bench.ApplyAsync("job", next);
        Assert.True(Assert.Single(api.Objects<V1CronJob>()).Spec.Suspend);

        await bench.ApplyAsync("job", bench.Render("job", "0 10 * * *"));
        Assert.False(Assert.Single(api.Objects<V1CronJob>()).Spec.Suspend);
    }

    [Fact]
    public async Task Taking_down_leaves_the_runs_that_go_on_and_other_CronJobs()
    {
        await ApplyAsync();
        await bench.ApplyAsync("other", bench.Render("other"));
        var standing = api.Get<V1CronJob>(bench.Space, bench.Render("job").Metadata.Name)!;
        api.Put(JobOf(standing));

        Assert.Equal(new StageResult<bool>.Done(true), await bench.Target.PruneAsync(TargetBench.Key("job"), Ct));

        Assert.Equal(bench.Render("other").Metadata.Name, Assert.Single(api.Objects<V1CronJob>()).Metadata.Name);
        Assert.Equal(3600, Assert.Single(api.Objects<V1Job>()).Spec.TtlSecondsAfterFinished);
        Assert.Equal(new StageResult<bool>.Done(false), await bench.Target.PruneAsync(TargetBench.Key("job"), Ct));
    }

    [Fact]
    public async Task Triggers_whose_names_begin_alike_are_objects_of_their_own()
    {
        var (one, two) = (new string('a', 39) + "1", new string('a', 39) + "2");
        await bench.ApplyAsync(one, bench.Render(one));
        await bench.ApplyAsync(two, bench.Render(two));

        Assert.Equal(2, api.Objects<V1CronJob>().Count);
        Assert.All(api.Objects<V1CronJob>(), job => Assert.True(job.Metadata.Name.Length <= 52));
    }

    [Fact]
    public async Task Nothing_is_made_only_to_stand_still()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        api.Delete<V1CronJob>(bench.Space, bench.Render("job").Metadata.Name);

        Assert.False(TargetBench.Done(await bench.Target.SuspendAsync(TargetBench.Key("job"), "no longer connected", Ct)));

        Assert.Empty(api.Objects<V1CronJob>());
    }

    [Fact]
    public async Task A_run_on_demand_is_a_Job_of_its_CronJob()
    {
        await ApplyAsync();

        var run = TargetBench.Done(await bench.Target.RunNowAsync(TargetBench.Key("job"), ["$(id)"], Ct));

        var job = api.Get<V1Job>(bench.Space, run.Id.Value)!;
        var container = job.Spec.Template.Spec.Containers[0];
        Assert.Equal("manual", job.Metadata.Annotations["cronjob.kubernetes.io/instantiate"]);
        Assert.Equal(Assert.Single(api.Objects<V1CronJob>()).Metadata.Uid, Assert.Single(job.Metadata.OwnerReferences).Uid);
        Assert.Equal(["$$(id)"], container.Args);
        Assert.Contains(container.Env, variable => variable.Name == RunVariables.ScheduledTime);
        Assert.Equal(RunState.Pending, (await bench.Runs.FindAsync(run.Id, Ct))!.State);
    }

    [Fact]
    public async Task A_run_whose_answer_was_lost_is_started_once()
    {
        await ApplyAsync();
        api.LoseAnswer(request => request is { Verb: "POST", Resource: "jobs" });

        TargetBench.Done(await bench.Target.RunNowAsync(TargetBench.Key("job"), null, Ct));
        Assert.Single(api.Objects<V1Job>());
    }

    [Fact]
    public async Task A_run_that_cannot_be_started_says_why_in_its_record()
    {
        await ApplyAsync();
        api.Fail(request => request is { Verb: "POST", Resource: "jobs" }, 403, message: "exceeded quota");

        Assert.IsType<StageResult<RunRecord>.Retry>(await bench.Target.RunNowAsync(TargetBench.Key("job"), null, Ct));

        var run = Assert.Single(await bench.Runs.ListAsync(null, null, null, null, 10, Ct));
        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("exceeded quota", run.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_shown_at_the_manifest_that_it_comes_from()
    {
        var job = bench.Render("job");
        job.Metadata.Annotations[Annotations.Manifest] = "jobs/nightly/trigger.yaml";
        api.Fail(request => request is { IsApply: true, Resource: "cronjobs" }, 422, message: "spec.schedule: field is immutable");

        var refused = Assert.IsType<StageResult<ApplyResult>.Rejected>(await bench.TryAsync("job", job));

        Assert.Equal("jobs/nightly/trigger.yaml", Assert.Single(refused.Findings).File);
    }

    [Fact]
    public async Task A_trigger_that_is_not_deployed_is_not_run() =>
        Assert.IsType<StageResult<RunRecord>.Rejected>(await bench.Target.RunNowAsync(TargetBench.Key("job"), null, Ct));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Task<ApplyResult> ApplyAsync() => bench.ApplyAsync("job", bench.Render("job"));

    private static V1Job JobOf(V1CronJob cronJob) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = cronJob.Metadata.Name + "-1",
            NamespaceProperty = cronJob.Metadata.NamespaceProperty,
            Labels = cronJob.Metadata.Labels,
            OwnerReferences = [new V1OwnerReference { ApiVersion = "batch/v1", Kind = "CronJob", Name = cronJob.Metadata.Name, Uid = cronJob.Metadata.Uid, Controller = true }],
        },
        Spec = cronJob.Spec.JobTemplate.Spec,
    };

    /// <returns>The name of what was changed.</returns>
    private string Edit(string what)
    {
        var name = bench.Render("job").Metadata.Name;
        api.Change<V1CronJob>(bench.Space, name, job =>
        {
            switch (what)
            {
                case "schedule":
                    job.Spec.Schedule = "* * * * *";
                    break;
                case "suspend":
                    job.Spec.Suspend = true;
                    break;
                case "annotation":
                    job.Metadata.Annotations[Annotations.Commit] = "another";
                    break;
                default:
                    job.Spec.JobTemplate.Spec.Template.Spec.Containers[0].Image = "another";
                    break;
            }
        });
        return name;
    }
}
