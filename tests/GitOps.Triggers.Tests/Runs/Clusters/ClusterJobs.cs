using System.Globalization;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Tests.Runs.Clusters;

/// <summary>CronJobs, Jobs and pods as the engine, the controller and the kubelet make them.</summary>
internal static class ClusterJobs
{
    public static readonly ImageReference Image = ImageReference.Parse($"registry.example.com/triggers/billing@sha256:{new string('1', 64)}");

    public static EnvironmentDefinition Prod(ClusterAccess access, string name = "prod", string space = "trg-{repository}-prod") => new()
    {
        Name = EnvironmentName.Parse(name),
        Branch = BranchName.Parse(name),
        Target = new TargetSettings.Kubernetes { Access = access, Namespace = space },
    };

    public static V1CronJob CronJob(EnvironmentDefinition environment, string trigger, RunSpec? run = null, string? schedule = "*/5 * * * *", ImageReference? image = null) => CronJobRenderer.Render(new RenderInput
    {
        Repository = Jobs.Repository,
        Environment = environment,
        Image = image ?? Image,
        InputHash = InputHash.Parse(new string('a', 64)),
        Commit = Jobs.Commit,
        Manifest = new TriggerManifest
        {
            File = "trigger.yaml",
            Name = TriggerName.Parse(trigger),
            Build = new BuildSpec { Context = "", Dockerfile = "Dockerfile" },
            Environments = new Dictionary<EnvironmentName, EnvironmentSpec>
            {
                [environment.Name] = new() { Run = run ?? new RunSpec(), Schedule = schedule is null ? null : CronSchedule.Parse(schedule, "Etc/UTC") },
            },
        },
    });

    /// <summary>As the CronJob controller makes it for a due time.</summary>
    public static V1Job Due(V1CronJob cronJob, DateTimeOffset time) => Job(
        cronJob,
        string.Create(CultureInfo.InvariantCulture, $"{cronJob.Metadata.Name}-{time.ToUnixTimeSeconds() / 60}"),
        ("batch.kubernetes.io/cronjob-scheduled-timestamp", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));

    /// <summary>As <c>kubectl create job --from</c> makes it.</summary>
    public static V1Job Asked(V1CronJob cronJob, string name) => Job(cronJob, name, ("cronjob.kubernetes.io/instantiate", "manual"));

    public static V1Pod Pod(V1Job job, int number = 1) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = $"{job.Metadata.Name}-{number}",
            NamespaceProperty = job.Metadata.NamespaceProperty,
            Labels = new Dictionary<string, string>(job.Spec.Template.Metadata.Labels) { ["batch.kubernetes.io/job-name"] = job.Metadata.Name },
        },
        Spec = job.Spec.Template.Spec,
    };

    public static V1Pod Running(this V1Pod pod, DateTimeOffset since) => With(pod, "Running", new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = since.UtcDateTime } });

    public static V1Pod Ended(this V1Pod pod, DateTimeOffset from, DateTimeOffset to, int exitCode = 0) => With(
        pod,
        exitCode == 0 ? "Succeeded" : "Failed",
        new V1ContainerState { Terminated = new V1ContainerStateTerminated { ExitCode = exitCode, Reason = exitCode == 0 ? "Completed" : "Error", StartedAt = from.UtcDateTime, FinishedAt = to.UtcDateTime } });

    public static V1Job Active(this V1Job job)
    {
        job.Status = new V1JobStatus { Active = 1, StartTime = job.Metadata.CreationTimestamp };
        return job;
    }

    public static V1Job Complete(this V1Job job, DateTimeOffset at)
    {
        job.Status = new V1JobStatus { Succeeded = 1, CompletionTime = at.UtcDateTime, Conditions = [Condition("Complete", "CompletionsReached", at)] };
        return job;
    }

    public static V1Job Failed(this V1Job job, DateTimeOffset at, int pods = 1)
    {
        job.Status = new V1JobStatus { Failed = pods, Conditions = [Condition("Failed", "BackoffLimitExceeded", at)] };
        return job;
    }

    private static V1Job Job(V1CronJob cronJob, string name, (string Name, string Value) annotation) => new()
    {
        ApiVersion = "batch/v1",
        Kind = "Job",
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = cronJob.Metadata.NamespaceProperty,
            Labels = cronJob.Spec.JobTemplate.Metadata.Labels,
            Annotations = new Dictionary<string, string>(cronJob.Spec.JobTemplate.Metadata.Annotations) { [annotation.Name] = annotation.Value },
            OwnerReferences = [new V1OwnerReference { ApiVersion = "batch/v1", Kind = "CronJob", Name = cronJob.Metadata.Name, Uid = cronJob.Metadata.Uid ?? "none", Controller = true }],
        },
        Spec = cronJob.Spec.JobTemplate.Spec,
    };

    private static V1JobCondition Condition(string type, string reason, DateTimeOffset at) =>
        new() { Type = type, Status = "True", Reason = reason, LastTransitionTime = at.UtcDateTime, Message = reason };

    private static V1Pod With(V1Pod pod, string phase, V1ContainerState state)
    {
        pod.Spec.NodeName = "node-1";
        pod.Status = new V1PodStatus
        {
            Phase = phase,
            ContainerStatuses = [new V1ContainerStatus { Name = GitOps.Triggers.Rendering.Pod.ContainerName, Image = "i", ImageID = "", Ready = false, RestartCount = 0, State = state }],
        };
        return pod;
    }
}
