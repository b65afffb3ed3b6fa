using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>What runs in the environment, and what ran there before.</summary>
internal sealed class DeployedReleases(IReadOnlyList<DeploymentRecord> history)
{
    private readonly ILookup<TriggerName, DeploymentRecord> byTrigger = history.ToLookup(record => record.Key.Trigger);

    public IEnumerable<DeploymentRecord> AllCurrent => byTrigger.Select(records => records.First()).Where(record => !record.Pruned);

    public DeploymentRecord? Current(TriggerName trigger) => byTrigger[trigger].FirstOrDefault() is { Pruned: false } newest ? newest : null;

    /// <summary>Whether the image ran here before the one that runs now.</summary>
    public bool RanEarlier(TriggerName trigger, ImageReference image) =>
        Current(trigger) is not null && byTrigger[trigger].Skip(1).Any(record => record.Image == image);
}
