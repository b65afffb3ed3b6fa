using GitOps.Triggers.Domain;
using GitOps.Triggers.Planning;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Planning;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace GitOps.Triggers.Tests.Runs.Clusters;

/// <summary>The gates of a promotion, where the environment that it promotes from is on a cluster.</summary>
public sealed class ClusterGateSpecs : IAsyncLifetime
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly TempFolder data = new();
    private readonly FakeTimeProvider time = new(Nine.AddSeconds(1));
    private ApiServer api = null!;
    private ClusterRunsBench engine = null!;
    private V1CronJob cronJob = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiServer.StartAsync(time);
        api.Token = "let-me-in";
        var dev = ClusterJobs.Prod(new ClusterAccess { Kubeconfig = api.KubeconfigFile() }, "dev", "trg-{repository}-dev");
        cronJob = api.Put(ClusterJobs.CronJob(dev, "job"));
        engine = await ClusterRunsBench.StartAsync(data.Path, time, dev);
        await engine.DeployAsync(cronJob, Nine.AddSeconds(-1));
    }

    public async ValueTask DisposeAsync()
    {
        if (engine is not null)
            await engine.DisposeAsync();
        await api.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task A_run_that_succeeded_on_the_cluster_opens_the_gate_and_no_other_does()
    {
        var forged = ClusterJobs.Due(cronJob, Nine.AddMinutes(-5));
        forged.Metadata.NamespaceProperty = "elsewhere";
        api.Put(forged.Complete(Nine));
        await RunAsync(Nine, exitCode: 3);
        Assert.Contains("has 0", Assert.IsType<PlanItem.Hold>(await PlanAsync()).Reason, StringComparison.Ordinal);

        await RunAsync(Nine.AddMinutes(5), exitCode: 0);

        Assert.Equal(ClusterJobs.Image, Assert.IsType<PlanItem.Deploy>(await PlanAsync(), exactMatch: false).Image);
    }

    [Fact]
    public async Task A_run_asked_for_on_the_cluster_counts_as_well()
    {
        var job = api.Put(ClusterJobs.Asked(cronJob, $"{cronJob.Metadata.Name}-now-bcdf24").Active());
        await EndAsync(job, Nine, exitCode: 0);

        Assert.IsType<PlanItem.Deploy>(await PlanAsync(), exactMatch: false);
    }

    private async Task<PlanItem> PlanAsync()
    {
        var candidate = Given.Candidate("1a");
        candidate = candidate with { Inputs = candidate.Inputs with { Hash = InputHash.Parse(new string('a', 64)) } };
        var evidence = await new DeploymentStore(engine.Database, time)
            .EvidenceAsync(new WorkKey(Jobs.Repository.Id, Given.Dev.Name), [candidate.Inputs.Hash], TestContext.Current.CancellationToken);
        var prod = Given.Prod with { Gates = new Gates { SuccessfulRuns = 1 } };
        return Assert.Single(Planner.Plan(Given.Nothing(prod).Asking(candidate).Seen(evidence)).Items);
    }

    private Task RunAsync(DateTimeOffset due, int exitCode) => EndAsync(api.Put(ClusterJobs.Due(cronJob, due).Active()), due, exitCode);

    private async Task EndAsync(V1Job job, DateTimeOffset due, int exitCode)
    {
        api.Put(ClusterJobs.Pod(job).Ended(due.AddSeconds(2), due.AddSeconds(29), exitCode));
        api.Change<V1Job>(job.Metadata.NamespaceProperty, job.Metadata.Name, one => _ = exitCode == 0 ? one.Complete(due.AddSeconds(30)) : one.Failed(due.AddSeconds(30)));
        await engine.WaitAsync(job, run => run.IsFinished);
    }
}
