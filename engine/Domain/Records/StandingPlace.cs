namespace GitOps.Triggers.Domain;

/// <summary>A place where a CronJob of a trigger may stand: noted before it is put there, and forgotten when it is known to be gone.</summary>
internal sealed record StandingPlace : TriggerRecord
{
    public required Place Place { get; init; }
}
