using System.Globalization;
using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Builds;

/// <summary>
/// Reads from a build's Job and its pod how it stands. The Dockerfile is at fault only where that is certain: what befell the pod or its node is an
/// outage, however Kaniko's container ended by it.
/// </summary>
internal static class ClusterBuildReading
{
    private const int LongestText = 300;

    /// <param name="job">None when somebody deleted it.</param>
    /// <param name="pod">The Job's only one; none when it was not made yet, or is gone.</param>
    /// <param name="hadBegun">Kaniko was seen running before.</param>
    public static ClusterBuildState Of(V1Job? job, V1Pod? pod, bool hadBegun)
    {
        if (pod?.Status?.Phase == "Succeeded")
            return OfSuccess(pod);
        if (job is null)
            return new ClusterBuildState.Broken("Its Job was deleted by somebody else.");
        if ((Condition(job, "Failed") ?? Condition(job, "FailureTarget")) is { Reason: "DeadlineExceeded" })
            return OfDeadline(pod, hadBegun);
        if (pod is null || pod.Metadata.DeletionTimestamp is not null)
            return OfJobAlone(job, pod);
        return pod.Status?.Phase == "Failed" ? OfFailure(pod) : OfLife(pod);
    }

    /// <summary>Whether Kaniko runs in it, or has run.</summary>
    public static bool HasBegun(V1Pod pod) => StatusOf(pod, BuildContainer.Name)?.State is { Running: not null } or { Terminated.StartedAt: not null };

    private static ClusterBuildState OfSuccess(V1Pod pod)
    {
        // The last container's: where two of them could tell a digest, it is the one that pushed.
        var told = pod.Status.ContainerStatuses?.FirstOrDefault()?.State?.Terminated?.Message?.Trim();
        return ImageDigest.TryParse(told, out var digest)
            ? new ClusterBuildState.Built(digest)
            : new ClusterBuildState.Broken($"It ended well, but told no digest of an image: {Said(told)}");
    }

    private static ClusterBuildState OfDeadline(V1Pod? pod, bool hadBegun)
    {
        if (pod is not null && StatusOf(pod, PushContainer.Name) is not null && StatusOf(pod, BuildContainer.Name)?.State?.Terminated is { ExitCode: 0 })
            return new ClusterBuildState.Broken("Its image was not pushed in time: does the registry answer?", PushContainer.Name);
        // The engine ends what takes too long, by its own clock. The Job's begins at its start, and what it waited for is not the Dockerfile's fault.
        if (hadBegun || (pod is not null && HasBegun(pod)))
            return new ClusterBuildState.Broken("Its Job's time was over while no engine looked on.");
        return new ClusterBuildState.Broken("It was not begun in the time that its Job has: has the cluster room for it, and its images?");
    }

    private static ClusterBuildState OfJobAlone(V1Job job, V1Pod? pod)
    {
        if (Condition(job, "Complete") is not null)
            return new ClusterBuildState.Broken("It ended well, but its pod is gone, and with it the digest of its image.");
        if (Condition(job, "Failed") is { } failed)
            return new ClusterBuildState.Broken($"Its pod is gone; somebody deleted it, or its node was lost: {Said(failed.Message)}");
        return new ClusterBuildState.Waiting(pod is null ? "No pod was made for its Job yet." : "Its pod is being taken away.");
    }

    private static ClusterBuildState OfFailure(V1Pod pod)
    {
        if (IsOverDisk(pod.Status))
            return new ClusterBuildState.OverDisk(Shown.Text(pod.Status.Message, LongestText).Trim());
        if (pod.Status.Conditions?.FirstOrDefault(one => one is { Type: "DisruptionTarget", Status: "True" }) is { } disrupted)
            return new ClusterBuildState.Broken($"Its pod was ended by the cluster ({disrupted.Reason}): {Said(disrupted.Message)}");
        if (pod.Status.Reason is { Length: > 0 } reason)
            return new ClusterBuildState.Broken($"Its pod was ended by the cluster ({reason}): {Said(pod.Status.Message)}");
        return All(pod).FirstOrDefault(one => one.State?.Terminated is { ExitCode: not 0 }) is { } ended
            ? OfEnd(ended.Name, ended.State.Terminated)
            : new ClusterBuildState.Broken("Its pod failed, and the cluster does not say why.");
    }

    private static ClusterBuildState OfEnd(string container, V1ContainerStateTerminated ended) => (container, ended.Reason) switch
    {
        (BuildContainer.Name, "OOMKilled") => new ClusterBuildState.OutOfMemory(),
        (BuildContainer.Name, "Error") => new ClusterBuildState.Failed(ended.ExitCode),
        (ContextContainer.Name, "Error") => new ClusterBuildState.Broken("Its context was not fetched: do the builds' pods reach builder.engineUrl?", container),
        (PushContainer.Name, "Error") => new ClusterBuildState.Broken("Its image was not pushed: may the login of builder.pushSecret push there?", container),
        _ => new ClusterBuildState.Broken(
            string.Create(CultureInfo.InvariantCulture, $"Its container '{container}' ended with exit code {ended.ExitCode} ({ended.Reason}): {Said(ended.Message)}"), container),
    };

    private static ClusterBuildState OfLife(V1Pod pod)
    {
        // Init containers come first, and one after the other.
        foreach (var one in All(pod))
        {
            if (one.State?.Running is not null || one.State?.Terminated is { ExitCode: not 0 })
                return new ClusterBuildState.Running(one.Name);
            if (one.State?.Terminated is null)
                return new ClusterBuildState.Waiting(OfWait(pod, one));
        }
        return new ClusterBuildState.Waiting(OfWait(pod, null));
    }

    private static string OfWait(V1Pod pod, V1ContainerStatus? status) => status?.State?.Waiting switch
    {
        { Reason: "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" or "ErrImageNeverPull" or "RegistryUnavailable" } pull =>
            $"The image {status!.Image} of its container '{status.Name}' cannot be pulled: {Said(pull.Message)}",
        { Reason: "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" } made =>
            $"Its container '{status!.Name}' cannot be made: {Said(made.Message)}",
        _ => pod.Status?.Conditions?.FirstOrDefault(one => one is { Type: "PodScheduled", Status: "False" }) is { } unplaced
            ? $"No node takes its pod: {Said(unplaced.Message)}"
            : "Its pod is being made: an image is being pulled, or a Secret is missing.",
    };

    /// <summary>
    /// The kubelet evicts a pod that went over its own limits by the same word as one that merely stood on a node which ran short; only the message
    /// tells them apart.
    /// </summary>
    private static bool IsOverDisk(V1PodStatus status) => status.Reason == "Evicted"
        && (status.Message?.Contains("exceeds the total limit of containers", StringComparison.Ordinal) == true
            || status.Message?.Contains("exceeded its local ephemeral storage limit", StringComparison.Ordinal) == true
            || status.Message?.Contains("exceeds the limit", StringComparison.Ordinal) == true);

    private static V1ContainerStatus? StatusOf(V1Pod pod, string container) => All(pod).FirstOrDefault(one => one.Name == container);

    private static IEnumerable<V1ContainerStatus> All(V1Pod pod) =>
        (pod.Status?.InitContainerStatuses ?? []).Concat(pod.Status?.ContainerStatuses ?? []);

    private static V1JobCondition? Condition(V1Job job, string type) =>
        job.Status?.Conditions?.FirstOrDefault(one => one.Type == type && one.Status == "True");

    private static string Said(string? said) => said is { Length: > 0 } ? $"{Shown.Text(said, LongestText).TrimEnd('.', ' ')}." : "it gives no reason.";
}
