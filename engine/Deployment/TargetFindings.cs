using GitOps.Triggers.Domain;
using GitOps.Triggers.Rendering;
using k8s.Models;

namespace GitOps.Triggers.Deployment;

/// <summary>What a target refuses, in words.</summary>
internal static class TargetFindings
{
    /// <summary>What is refused of a CronJob is shown at the manifest that it was rendered from.</summary>
    public static StageResult<T> At<T>(V1CronJob cronJob, StageResult<T> result) =>
        result is StageResult<T>.Rejected(var findings) && cronJob.Metadata.Annotations?.TryGetValue(Annotations.Manifest, out var manifest) == true
            ? new StageResult<T>.Rejected([.. findings.Select(finding => finding with { File = manifest })])
            : result;

    public static Finding NotDeployed(TriggerKey key) => Of(
        key,
        $"The trigger {key.Trigger} is not deployed in {key.Environment}, so there is nothing to run.",
        $"Push it to the branch of {key.Environment} with an entry under environments, and look at its status.");

    /// <param name="key">Who would have it.</param>
    /// <param name="what">Kind, name and place of the object.</param>
    /// <param name="owner">Whose it is, in words.</param>
    public static Finding Foreign(TriggerKey key, string what, string owner) => Of(
        key,
        $"{what} is there already and belongs to {owner}, so it is left alone.",
        "Delete or rename that object, or rename this trigger.");

    public static Finding Of(TriggerKey key, string message, string fix) => new()
    {
        File = "trigger.yaml",
        Path = $"environments.{key.Environment}",
        Message = message,
        Fix = fix,
    };
}
