namespace GitOps.Triggers.Domain;

/// <summary>What the team expects of a trigger; not meeting it becomes an alert.</summary>
internal sealed record Expectation
{
    public TimeSpan? SuccessWithin { get; init; }

    public TimeSpan? MaxDuration { get; init; }
}
