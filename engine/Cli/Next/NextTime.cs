namespace GitOps.Triggers.Cli;

/// <param name="At">With the offset of the schedule's zone.</param>
/// <param name="Note">What happens to that zone's clocks between the time before and this one; nothing as a rule.</param>
internal sealed record NextTime(DateTimeOffset At, string? Note)
{
    public DateTimeOffset Utc => At.ToUniversalTime();
}
