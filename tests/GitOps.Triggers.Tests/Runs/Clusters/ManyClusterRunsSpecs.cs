using System.Diagnostics;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Tests.Support;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;
using Xunit;

namespace GitOps.Triggers.Tests.Runs.Clusters;

public sealed class ManyClusterRunsSpecs(ITestOutputHelper output)
{
    private const int Count = 10_000;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Ten_thousand_ends_are_each_recorded_once()
    {
        using var data = new TempFolder();
        await using var api = await ApiServer.StartAsync();
        api.Token = "let-me-in";
        var prod = ClusterJobs.Prod(new ClusterAccess { Kubeconfig = api.KubeconfigFile() });
        var cronJobs = Enumerable.Range(0, 100).Select(number => api.Put(ClusterJobs.CronJob(prod, $"job-{number}"))).ToList();
        await using var engine = await ClusterRunsBench.StartAsync(data.Path, TimeProvider.System, prod);
        await api.WatchesOpenAsync(3);
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < Count; number++)
        {
            var due = Start.AddMinutes(number);
            var job = ClusterJobs.Due(cronJobs[number % cronJobs.Count], due).Complete(due.AddSeconds(5));
            var pod = ClusterJobs.Pod(job);
            api.Log(pod.Metadata.NamespaceProperty, pod.Metadata.Name, GitOps.Triggers.Rendering.Pod.ContainerName).Write("done").End();
            api.Put(pod.Ended(due.AddSeconds(1), due.AddSeconds(4)));
            api.Put(job);
        }
        var put = clock.Elapsed;
        await engine.UntilAsync(() => engine.Told.Count(run => run.State == RunState.Succeeded) >= Count, TimeSpan.FromMinutes(5));
        output.WriteLine($"{Count} Jobs and their pods were put in {put.TotalSeconds:0.0} s and recorded {clock.Elapsed.TotalSeconds:0.0} s after the first: {Count / clock.Elapsed.TotalSeconds:0} a second.");

        Assert.Equal(Count, engine.Told.Count(run => run.IsFinished));
        Assert.Equal(Count, engine.Told.Select(run => run.Id).Distinct().Count());
    }
}
