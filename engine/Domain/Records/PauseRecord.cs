namespace GitOps.Triggers.Domain;

/// <summary>An operator's pause: holds through any number of deployments until it is resumed.</summary>
internal sealed record PauseRecord : TriggerRecord
{
    /// <summary>Why a paused trigger is suspended, as its CronJob says it.</summary>
    public const string InWords = "paused by an operator";

    public required DateTimeOffset Since { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public string? Reason { get; init; }
}
