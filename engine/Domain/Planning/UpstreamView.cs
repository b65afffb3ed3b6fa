namespace GitOps.Triggers.Domain;

/// <summary>What the environment that images are promoted from shows for a plan's candidates.</summary>
internal sealed record UpstreamView
{
    public required EnvironmentDefinition Environment { get; init; }

    /// <summary>What was ever deployed there of the candidates' inputs, as far as the image still exists.</summary>
    public required IReadOnlyList<UpstreamEvidence> Evidence { get; init; }

    /// <summary>
    /// What the head of its branch asks for now. An image that is not deployed there but asked for is on its way: it is waited for,
    /// so that the outcome does not depend on which of two pushes is looked at first.
    /// </summary>
    public required IReadOnlyList<TriggerCandidate> Head { get; init; }
}
