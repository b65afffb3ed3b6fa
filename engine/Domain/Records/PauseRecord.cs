namespace GitOps.Triggers.Domain;

/// <summary>An operator's pause: holds through any number of deployments until it is resumed.</summary>
internal sealed record PauseRecord(TriggerKey Key, DateTimeOffset Since, string? Reason);
