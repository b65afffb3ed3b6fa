namespace GitOps.Triggers.Domain;

/// <summary>A delivery whose signature holds, not yet stored.</summary>
internal sealed record ReceivedDelivery
{
    /// <summary>GitHub's <c>X-GitHub-Delivery</c>, in lower case.</summary>
    public required string Guid { get; init; }

    public required string Event { get; init; }

    public string? Action { get; init; }

    public required DeliveryIntent Intent { get; init; }
}
