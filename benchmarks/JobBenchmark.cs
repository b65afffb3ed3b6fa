using System.Diagnostics;
using System.Globalization;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using GitOps.Triggers.Storage;
using k8s.Models;
using Microsoft.EntityFrameworkCore;

namespace GitOps.Triggers.Benchmarks;

/// <summary>Ten thousand Jobs of a hundred triggers that begin and end, each with its pod, as a watch shows them: every end is recorded once.</summary>
internal static class JobBenchmark
{
    private const int Jobs = 10_000;
    private const int Triggers = 100;
    private const string Counter = "gitops_triggers_runs_total";

    public static async Task<IReadOnlyList<Result>> RunAsync(HandWrittenSite site)
    {
        await using var bench = await Bench.StartAsync(site, 1, Triggers);
        await bench.UntilAsync(0, TimeSpan.FromMinutes(2));
        await bench.Engine.UntilAtRestAsync();
        var cronJobs = site.Server.Objects<V1CronJob>().Where(one => one.Metadata.Labels[OwnershipLabels.Environment] == "dev").ToList();
        var begun = Stopwatch.GetTimestamp();
        for (var number = 0; number < Jobs; number++)
            End(site, cronJobs[number % cronJobs.Count], number);
        var told = Stopwatch.GetElapsedTime(begun);
        await bench.Engine.UntilAsync($"{Jobs} runs are recorded", async () => await StoredAsync(bench) >= Jobs, TimeSpan.FromMinutes(5));
        var took = Stopwatch.GetElapsedTime(begun);
        await bench.Engine.SyncAsync();
        var recorded = await bench.Engine.MetricAsync(Counter);
        return
        [
            new($"{Jobs} Jobs with their pods: recorded", recorded.ToString(CultureInfo.InvariantCulture), Jobs.ToString(CultureInfo.InvariantCulture), recorded is Jobs),
            new($"{Jobs} Jobs with their pods: rate", string.Create(CultureInfo.InvariantCulture, $"{Jobs / took.TotalSeconds:0} a second ({took.TotalSeconds:0.0} s, of which the API server took {told.TotalSeconds:0.0} s to hear of them; engine at its peak {bench.Engine.PeakMemory:0} MB)")),
        ];
    }

    /// <summary>Looks into the database, which costs the engine nothing. No trigger has so many runs that old ones would go.</summary>
    private static async Task<int> StoredAsync(Bench bench)
    {
        await using var context = new Database(bench.File.DataFolder).CreateDbContext();
        return await context.Runs.CountAsync(run => run.State == RunState.Succeeded);
    }

    private static void End(HandWrittenSite site, V1CronJob cronJob, int number)
    {
        var due = DateTime.UtcNow.AddMinutes(-Jobs - 1 + number);
        var job = JobOf(cronJob, number, due);
        site.Server.Put(job);
        job.Status = new V1JobStatus
        {
            Succeeded = 1,
            CompletionTime = due.AddSeconds(5),
            Conditions = [new V1JobCondition { Type = "Complete", Status = "True", Reason = "CompletionsReached", LastTransitionTime = due.AddSeconds(5) }],
        };
        site.Server.Put(PodOf(job, due));
        site.Server.Put(job);
    }

    private static V1Job JobOf(V1CronJob cronJob, int number, DateTime due) => new()
    {
        ApiVersion = "batch/v1",
        Kind = V1Job.KubeKind,
        Metadata = new V1ObjectMeta
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{cronJob.Metadata.Name}-{number}"),
            NamespaceProperty = cronJob.Metadata.NamespaceProperty,
            Labels = cronJob.Spec.JobTemplate.Metadata.Labels,
            Annotations = new Dictionary<string, string>(cronJob.Spec.JobTemplate.Metadata.Annotations)
            {
                ["batch.kubernetes.io/cronjob-scheduled-timestamp"] = due.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            },
            OwnerReferences = [new V1OwnerReference { ApiVersion = "batch/v1", Kind = V1CronJob.KubeKind, Name = cronJob.Metadata.Name, Uid = cronJob.Metadata.Uid, Controller = true }],
        },
        Spec = cronJob.Spec.JobTemplate.Spec,
        Status = new V1JobStatus { Active = 1, StartTime = due },
    };

    private static V1Pod PodOf(V1Job job, DateTime due) => new()
    {
        ApiVersion = "v1",
        Kind = V1Pod.KubeKind,
        Metadata = new V1ObjectMeta
        {
            Name = $"{job.Metadata.Name}-1",
            NamespaceProperty = job.Metadata.NamespaceProperty,
            Labels = new Dictionary<string, string>(job.Spec.Template.Metadata.Labels) { ["batch.kubernetes.io/job-name"] = job.Metadata.Name },
        },
        Spec = job.Spec.Template.Spec,
        Status = new V1PodStatus
        {
            Phase = "Succeeded",
            ContainerStatuses =
            [
                new V1ContainerStatus
                {
                    Name = Pod.ContainerName, Image = "i", ImageID = "", Ready = false, RestartCount = 0,
                    State = new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = 0, Reason = "Completed", StartedAt = due.AddSeconds(1), FinishedAt = due.AddSeconds(4) } },
                },
            ],
        },
    };
}
