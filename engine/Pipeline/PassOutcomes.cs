using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <summary>What a pass came to.</summary>
internal sealed record PassOutcomes
{
    /// <summary>The branch as it was read.</summary>
    public required BranchReading Reading { get; init; }

    /// <summary>One of each of its triggers.</summary>
    public required IReadOnlyList<TriggerStatus> Statuses { get; init; }

    /// <summary>Something was released, taken down or corrected.</summary>
    public bool Changed { get; init; }

    /// <summary>What is to be tried again, if anything; of several, the one that asks to be left alone for longest. Also of a trigger whose status is that its manifest is refused.</summary>
    public DeployOutcome? Retrying { get; init; }
}
