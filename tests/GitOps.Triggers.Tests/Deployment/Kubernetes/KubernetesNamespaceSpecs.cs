using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Deployment;

/// <summary>Namespaces, and what stands in them besides CronJobs.</summary>
public sealed class KubernetesNamespaceSpecs : IAsyncLifetime
{
    private ApiServer api = null!;
    private TargetBench bench = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

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
    public async Task A_namespace_that_is_not_the_repositorys_is_not_taken_over()
    {
        api.Put(new V1Namespace { Metadata = new V1ObjectMeta { Name = bench.Space } });

        var refused = Assert.IsType<StageResult<ApplyResult>.Rejected>(await bench.TryAsync("job", bench.Render("job")));

        Assert.Contains("kubectl label namespace " + bench.Space, refused.Findings[0].Fix, StringComparison.Ordinal);
        Assert.Empty(api.Objects<V1CronJob>());
    }

    [Fact]
    public async Task A_missing_namespace_that_the_engine_may_not_make_is_named()
    {
        using var modest = await TargetBench.StartAsync(api.KubeconfigFile(), bench.Settings with { CreateNamespaces = false });

        var held = Assert.IsType<StageResult<ApplyResult>.Held>(await modest.TryAsync("job", modest.Render("job")));

        Assert.Contains($"kubectl create namespace {modest.Space}", held.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(api.Requests, request => request.Resource == "namespaces");
    }

    [Fact]
    public async Task A_namespace_that_is_being_deleted_is_waited_for_and_no_right_is_asked_for()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        api.Delete<V1CronJob>(bench.Space, bench.Render("job").Metadata.Name);
        api.Fail(request => request is { IsApply: true, Resource: "cronjobs" }, 403, message: $"unable to create new content in namespace {bench.Space} because it is being terminated");

        var retry = Assert.IsType<StageResult<ApplyResult>.Retry>(await bench.TryAsync("job", bench.Render("job")));

        Assert.DoesNotContain("Role", retry.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quota_and_an_isolation_that_are_taken_back_go()
    {
        using var strict = await TargetBench.StartAsync(api.KubeconfigFile(), bench.Settings with { Quota = new NamespaceQuota(null, null, 3) });
        await strict.ApplyAsync("job", strict.Render("job"));
        Assert.Single(api.Objects<V1NetworkPolicy>(strict.Space));
        Assert.Single(api.Objects<V1ResourceQuota>(strict.Space));

        strict.Restart(strict.Settings with { Quota = null, Isolate = false });
        await strict.ApplyAsync("job", strict.Render("job"));

        Assert.Empty(api.Objects<V1NetworkPolicy>(strict.Space));
        Assert.Empty(api.Objects<V1ResourceQuota>(strict.Space));
    }

    [Fact]
    public async Task A_quota_and_a_policy_of_somebody_elses_stay()
    {
        using var loose = await TargetBench.StartAsync(api.KubeconfigFile(), bench.Settings with { Isolate = false });
        api.Put(new V1Namespace { Metadata = new V1ObjectMeta { Name = loose.Space, Labels = GitOps.Triggers.Rendering.OwnershipLabels.Of(TargetBench.Repository.Id) } });
        api.Put(new V1NetworkPolicy { Metadata = new V1ObjectMeta { Name = "gitops-triggers-isolate-prod", NamespaceProperty = loose.Space }, Spec = new V1NetworkPolicySpec { PodSelector = new V1LabelSelector() } });
        api.Put(new V1ResourceQuota { Metadata = new V1ObjectMeta { Name = "gitops-triggers-prod", NamespaceProperty = loose.Space }, Spec = new V1ResourceQuotaSpec() });

        await loose.ApplyAsync("job", loose.Render("job"));

        Assert.Single(api.Objects<V1NetworkPolicy>(loose.Space));
        Assert.Single(api.Objects<V1ResourceQuota>(loose.Space));
    }

    [Fact]
    public async Task Who_may_not_look_at_quotas_and_wants_none_deploys_all_the_same()
    {
        api.Fail(request => request.Resource is "resourcequotas", 403, times: int.MaxValue);

        await bench.ApplyAsync("job", bench.Render("job"));

        Assert.Single(api.Objects<V1CronJob>());
    }

    [Fact]
    public async Task What_is_missing_in_one_namespace_is_put_back_whatever_became_of_the_others()
    {
        await bench.ApplyAsync("job", bench.Render("job"));
        await bench.Environment.Namespaces.EnsureAsync(new TriggerKey(RepositoryId.Parse("github-1"), bench.Definition.Name, TriggerName.Parse("job")), "kt2-gone-prod", Ct);
        await bench.Environment.Namespaces.EnsureAsync(new TriggerKey(RepositoryId.Parse("github-2"), bench.Definition.Name, TriggerName.Parse("job")), "kt2-left-prod", Ct);
        var account = Assert.Single(api.Objects<V1ServiceAccount>(bench.Space));
        api.Delete<V1ServiceAccount>(bench.Space, account.Metadata.Name);
        api.Delete<V1Namespace>("", "kt2-left-prod");
        api.Fail(request => request is { IsApply: true, Namespace: "kt2-gone-prod" }, 404, times: 10);

        await bench.Environment.Namespaces.RepairAsync(repository => repository.Value != "github-2", Ct);

        Assert.Single(api.Objects<V1ServiceAccount>(bench.Space));
        Assert.DoesNotContain(api.Objects<V1Namespace>(), space => space.Metadata.Name == "kt2-left-prod");
    }
}
