namespace GitOps.Triggers.Domain;

/// <summary>What the upstream environment shows for one image of a trigger: its inputs, since when it was deployed, and how often it ran well.</summary>
internal sealed record UpstreamEvidence
{
    public required TriggerName Trigger { get; init; }

    public required InputHash Hash { get; init; }

    public required ImageReference Image { get; init; }

    public required DateTimeOffset FirstDeployedAt { get; init; }

    /// <summary>Successful runs of this trigger with this image there, scheduled and on demand, ever: forgetting old runs must not close a gate again.</summary>
    public required int SuccessfulRuns { get; init; }

    public long? BuildId { get; init; }
}
