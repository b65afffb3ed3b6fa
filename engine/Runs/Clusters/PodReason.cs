using GitOps.Triggers.Containers;
using GitOps.Triggers.Domain;
using k8s.Models;

namespace GitOps.Triggers.Runs;

/// <summary>Why an attempt ended or does not begin: Kubernetes' word, and a sentence with what to do.</summary>
internal sealed record PodReason(string Word, string Message)
{
    private const int LongestText = 300;
    private const string PullBackOff = "ImagePullBackOff";

    /// <summary>Words of a container that was never started and may be yet.</summary>
    private static readonly string[] Waiting =
        [PullBackOff, RunReasons.Unschedulable, RunReasons.Configuration, RunReasons.Create, RunRecord.ImageNeverPull, "InvalidImageName", "RunContainerError"];

    public static bool IsWaiting(string? word) => Waiting.Contains(word);

    /// <returns>None while nothing is in its way.</returns>
    public static PodReason? Of(V1PodStatus? status, V1ContainerStatus? container)
    {
        // What befell the pod explains how its container ended, and not the other way round.
        if (status?.Phase == "Failed" && status.Reason is { Length: > 0 } reason)
            return OfNode(reason, status.Message);
        if (status?.Conditions?.FirstOrDefault(one => one is { Type: "DisruptionTarget", Status: "True" }) is { } disrupted)
            return OfNode(disrupted.Reason, disrupted.Message);
        if (container?.State?.Terminated is { } ended)
            return OfEnd(ended);
        if (container?.State?.Waiting is { Reason: { } waits } waiting)
            return OfWait(waits, waiting.Message, container.Image);
        return status?.Conditions?.FirstOrDefault(one => one is { Type: "PodScheduled", Status: "False", Reason: RunReasons.Unschedulable }) is { } unplaced
            ? new(RunReasons.Unschedulable, $"No node takes it: {Shown.Text(unplaced.Message, LongestText)} Compare resources with what the cluster has free.")
            : null;
    }

    private static PodReason OfNode(string reason, string? said) => reason switch
    {
        "Evicted" or "TerminationByKubelet" => new(reason, $"Its node ended it, being short of something: {Said(said)} Have it need less, or raise its requests."),
        "NodeLost" or "DeletionByTaintManager" or "DeletionByPodGC" => new(reason, $"Its node is gone or no longer answers: {Said(said)} Look at the node; another attempt is made elsewhere."),
        "PreemptionByScheduler" => new(reason, $"It had to make room for a pod of higher priority: {Said(said)}"),
        "EvictionByEvictionAPI" => new(reason, $"Somebody emptied its node: {Said(said)}"),
        _ => new(reason, $"Its pod was ended: {Said(said)}"),
    };

    private static PodReason OfEnd(V1ContainerStateTerminated ended)
    {
        if (ended.Reason is RunReasons.Start or "ContainerCannotRun")
            return new(RunReasons.Start, $"The program could not be started: {Said(ended.Message)} Compare command with what the image holds.");
        if (ended.Reason == RunReasons.Lost)
            return new(RunReasons.Lost, "How it ended is not known: its node was lost or restarted while it ran.");
        // The same words as for a run on this machine.
        var outcome = AttemptOutcomes.Of(
            new JobContainerState { RunsOrEnded = true, ExitCode = ended.ExitCode, OutOfMemory = ended.Reason == RunReasons.OutOfMemory, Env = [] },
            stopped: null,
            ClusterTime.Of(ended.FinishedAt) ?? DateTimeOffset.UnixEpoch);
        return new(outcome.Reason, outcome.Message);
    }

    private static PodReason? OfWait(string reason, string? said, string? image) => reason switch
    {
        "ContainerCreating" or "PodInitializing" => null,
        // The kubelet alternates between the two while it tries.
        RunReasons.ImagePull or PullBackOff => new(PullBackOff, $"Its image cannot be pulled: {Said(Pulled(said, image))} See whether the cluster reaches the registry and may pull from it."),
        RunReasons.Configuration => new(reason, $"Its container cannot be made: {Said(said)} {Missing(said)}".TrimEnd()),
        _ => new(reason, $"Its container does not start: {Said(said)}"),
    };

    private static string Missing(string? said) => said switch
    {
        not null when said.Contains("secret", StringComparison.OrdinalIgnoreCase) => "Create it in the run's namespace, or mend its name in trigger.yaml; it is tried until the timeout.",
        not null when said.Contains("configmap", StringComparison.OrdinalIgnoreCase) => "Create it in the run's namespace, or mend its name in trigger.yaml; it is tried until the timeout.",
        not null when said.Contains("runAsNonRoot", StringComparison.Ordinal) => "Give the Dockerfile a USER with a number other than 0.",
        _ => "",
    };

    /// <summary>The kubelet repeats the image's whole name at each step, and why it failed comes last.</summary>
    private static string? Pulled(string? said, string? image)
    {
        const string mark = "ErrImagePull: ";
        var own = said?.IndexOf(mark, StringComparison.Ordinal) is { } at and >= 0 ? said[(at + mark.Length)..] : said;
        return image is { Length: > 0 } ? own?.Replace(image, "it", StringComparison.Ordinal) : own;
    }

    private static string Said(string? said) => said is { Length: > 0 } ? $"{Shown.Text(said, LongestText).TrimEnd('.', ' ')}." : "the node gives no reason.";
}
