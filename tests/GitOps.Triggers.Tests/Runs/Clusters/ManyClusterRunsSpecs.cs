using System.Collections.Concurrent;
using System.Diagnostics;
using GitOps.Triggers.Clusters;
using GitOps.Triggers.Deployment;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Runs;
using GitOps.Triggers.Storage;
using GitOps.Triggers.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GitOps.Triggers.Tests.Runs.Clusters;

public sealed class ManyClusterRunsSpecs(ITestOutputHelper output)
{
    private const int Count = 10_000;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly EnvironmentDefinition Prod = ClusterJobs.Prod(new ClusterAccess());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_ends_are_each_recorded_once()
    {
        using var data = new TempFolder();
        using var clusters = new ClusterDirectory(TimeProvider.System);
        var database = new Database(data.Path);
        await database.OpenAsync(Cancelled);
        using var repositories = new RepositoryStore(database, TimeProvider.System);
        await repositories.ConnectAsync(new RepositorySettings { Url = Jobs.Repository.Url, Name = Jobs.Repository.Name }, Cancelled);
        var (told, events) = (new ConcurrentBag<RunRecord>(), new EventHub());
        events.Subscribe(happened => told.Add(((EngineEvent.RunChanged)happened).Run));
        var configuration = new EngineConfiguration { DataFolder = data.Path, Environments = [Prod] };
        var runs = new RunStore(database);
        var recorder = new ClusterRecorder(
            runs, new RunRetention(runs, new LocalCronJobStore(database), configuration), events,
            new ClusterLogKeeper(configuration, SecretMask.None, TimeProvider.System, NullLogger<ClusterLogKeeper>.Instance), TimeProvider.System);
        var environment = ClusterRuns.Of(new KubernetesEnvironments(configuration, clusters, repositories, TimeProvider.System), TimeProvider.System).Single();
        Show(environment.View, repositories.Current.Single().Id);

        var clock = Stopwatch.StartNew();
        while (await recorder.FlushAsync(environment, Cancelled) > 0)
        {
        }
        output.WriteLine($"{Count} ends of runs were recorded in {clock.Elapsed.TotalSeconds:0.0} s: {Count / clock.Elapsed.TotalSeconds:0} a second.");

        Assert.Equal(Count, told.Count);
        Assert.All(told, run => Assert.Equal(RunState.Succeeded, run.State));
        Assert.Equal(Count, told.Select(run => run.Id).Distinct().Count());
    }

    /// <summary>Each of them twice, as a watch that was begun again shows them.</summary>
    private static void Show(ClusterView view, RepositoryId repository)
    {
        view.See(null, new Seen<V1CronJob>.All([]));
        view.See(null, new Seen<V1Pod>.All([]));
        view.See(null, new Seen<V1Job>.All([]));
        var cronJobs = Enumerable.Range(0, 100).Select(number => ClusterJobs.CronJob(Prod, $"job-{number}")).ToList();
        foreach (var labels in cronJobs.Select(cronJob => cronJob.Spec.JobTemplate))
            labels.Metadata.Labels["triggers.gitops/repository"] = labels.Spec.Template.Metadata.Labels["triggers.gitops/repository"] = repository.Value;
        for (var number = 0; number < 2 * Count; number++)
        {
            var due = Start.AddMinutes(number / 2);
            var job = ClusterJobs.Due(cronJobs[number / 2 % cronJobs.Count], due).Complete(due.AddSeconds(5));
            job.Metadata.Uid = job.Metadata.Name;
            var pod = ClusterJobs.Pod(job).Ended(due.AddSeconds(1), due.AddSeconds(4));
            pod.Metadata.Uid = pod.Metadata.Name;
            view.See(null, new Seen<V1Job>.Changed(job));
            view.See(null, new Seen<V1Pod>.Changed(pod));
        }
    }
}
