using System.Globalization;
using GitOps.Triggers.Builds;
using GitOps.Triggers.Tests.Support.ApiServer;
using k8s.Models;

namespace GitOps.Triggers.Tests.Builds;

/// <summary>Plays, before the hand-written API server, the Job controller and the node that a build's pod runs on.</summary>
internal sealed class BuildNode(ApiServer api, string space)
{
    public const string Digest = "sha256:abababababababababababababababababababababababababababababababab";

    private int written;

    public static V1ContainerState Running => new() { Running = new V1ContainerStateRunning { StartedAt = Start } };

    private static DateTime Start => new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static V1ContainerState Ended(int exitCode = 0, string? message = null, string? reason = null) => new()
    {
        Terminated = new V1ContainerStateTerminated { ExitCode = exitCode, Reason = reason ?? (exitCode == 0 ? "Completed" : "Error"), Message = message, StartedAt = Start },
    };

    /// <summary>The build's Job, once its Secret is there too.</summary>
    public async Task<V1Job> JobAsync()
    {
        await api.Requests.WaitAsync(request => request.Verb == "POST" && request.Resource == "secrets");
        return api.Objects<V1Job>(space).Single();
    }

    /// <summary>The Job's pod, with how its containers are; those that are not named wait.</summary>
    public void Shows(V1Job job, string phase, params (string Container, V1ContainerState State)[] states) => api.Put(new V1Pod
    {
        Metadata = new V1ObjectMeta
        {
            Name = PodOf(job),
            NamespaceProperty = space,
            Labels = new Dictionary<string, string> { ["batch.kubernetes.io/job-name"] = job.Metadata.Name },
            OwnerReferences = [new V1OwnerReference { ApiVersion = "batch/v1", Kind = "Job", Name = job.Metadata.Name, Uid = job.Metadata.Uid, Controller = true }],
        },
        Spec = job.Spec.Template.Spec,
        Status = new V1PodStatus
        {
            Phase = phase,
            InitContainerStatuses = [.. job.Spec.Template.Spec.InitContainers.Select(one => Status(one.Name, states))],
            ContainerStatuses = [.. job.Spec.Template.Spec.Containers.Select(one => Status(one.Name, states))],
        },
    });

    /// <summary>Kaniko runs, and has printed this.</summary>
    public void Builds(V1Job job, params string[] lines)
    {
        api.Log(space, PodOf(job), ContextContainer.Name).End();
        Prints(job, BuildContainer.Name, lines);
        Shows(job, "Running", (ContextContainer.Name, Ended()), (BuildContainer.Name, Running));
    }

    public void Succeeds(V1Job job)
    {
        api.Log(space, PodOf(job), ContextContainer.Name).End();
        api.Log(space, PodOf(job), BuildContainer.Name).End();
        Shows(job, "Succeeded", (ContextContainer.Name, Ended()), (BuildContainer.Name, Ended(0, Digest)));
    }

    /// <summary>As the kubelet keeps it: each line with its time, which two may share.</summary>
    public void Prints(V1Job job, string container, params string[] lines)
    {
        foreach (var line in lines)
            api.Log(space, PodOf(job), container).Write(string.Create(CultureInfo.InvariantCulture, $"2030-01-01T00:00:{written++ / 2:00}.000000000Z {line}"));
    }

    private static string PodOf(V1Job job) => job.Metadata.Name + "-abcde";

    private static V1ContainerStatus Status(string name, (string Container, V1ContainerState State)[] states) => new()
    {
        Name = name,
        Image = "i",
        ImageID = "i",
        Ready = false,
        RestartCount = 0,
        State = states.FirstOrDefault(one => one.Container == name).State ?? new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = "PodInitializing" } },
    };
}
