namespace GitOps.Triggers.Domain;

/// <summary>What the team expects of a trigger; published as metrics, for alerts.</summary>
internal sealed record Expectation
{
    public TimeSpan? SuccessWithin { get; init; }

    public TimeSpan? MaxDuration { get; init; }
}
