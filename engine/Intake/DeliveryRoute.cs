using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>What a delivery comes to.</summary>
internal sealed record DeliveryRoute
{
    /// <summary>None when nothing is to be looked at.</summary>
    public IReadOnlyList<WorkKey> Keys { get; init; } = [];

    public RepositoryId? Repository { get; init; }

    /// <summary>For people: <c>push to main</c>.</summary>
    public string Reason { get; init; } = "";

    /// <summary>For people: <c>marked dev</c>, or <c>ignored:</c> and why.</summary>
    public required string Outcome { get; init; }
}
