namespace GitOps.Triggers.Web;

/// <summary>One webhook request that was stored.</summary>
internal sealed record DeliveryView
{
    /// <summary>The sender's id of it (<c>X-GitHub-Delivery</c>), the same on a redelivery.</summary>
    public required string Guid { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string Event { get; init; }

    public string? Action { get; init; }

    /// <summary>None when it speaks of none that is connected, or of several.</summary>
    public string? Repository { get; init; }

    /// <summary>What was made of it: which environments are due by it, or why it was ignored.</summary>
    public required string Outcome { get; init; }
}
