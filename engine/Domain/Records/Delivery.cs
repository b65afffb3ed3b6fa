namespace GitOps.Triggers.Domain;

/// <summary>One webhook request, as it is stored before it is acknowledged. The body is not kept: git is the truth, a delivery is a hint.</summary>
internal sealed record Delivery
{
    /// <summary>GitHub's <c>X-GitHub-Delivery</c>; the same one on a redelivery.</summary>
    public required string Guid { get; init; }

    public required string Event { get; init; }

    public string? Action { get; init; }

    /// <summary>What it made of it: <c>marked dev</c>, <c>ignored: not a branch of an environment</c>.</summary>
    public required string Outcome { get; init; }

    public RepositoryId? Repository { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
