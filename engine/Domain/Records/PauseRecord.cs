namespace GitOps.Triggers.Domain;

/// <summary>An operator's pause: holds through any number of deployments until it is resumed.</summary>
internal sealed record PauseRecord : TriggerRecord
{
    public required DateTimeOffset Since { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public string? Reason { get; init; }
}
