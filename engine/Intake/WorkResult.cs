namespace GitOps.Triggers.Intake;

/// <summary>How a pass ended, for the queue.</summary>
internal abstract record WorkResult
{
    /// <summary>Nothing remains to be done until the key is marked again.</summary>
    internal sealed record Completed : WorkResult;

    /// <summary>Something outside failed.</summary>
    /// <param name="After">How long it asks to be left alone; never shorter than the queue's own back-off. None: by that alone.</param>
    /// <param name="Reason">For people.</param>
    /// <param name="Latest">When something else of the key is due in any case; none: nothing is.</param>
    internal sealed record RetryAfter(TimeSpan? After, string Reason, DateTimeOffset? Latest = null) : WorkResult;

    /// <summary>Nothing failed, but it must be looked at again, as when a gate opens.</summary>
    /// <param name="At">When; a time gone by means at once.</param>
    /// <param name="Reason">For people.</param>
    internal sealed record Again(DateTimeOffset At, string Reason) : WorkResult;
}
