namespace GitOps.Triggers.Domain;

/// <summary>How a stage ended when nothing unforeseen happened. Exceptions are for bugs and outages.</summary>
internal abstract record StageResult<T>
{
    /// <summary>It did its work.</summary>
    internal sealed record Done(T Value) : StageResult<T>;

    /// <summary>The reason for it is gone, or was never there: a newer commit was pushed, the engine is stopping, there is no such repository.</summary>
    internal sealed record Skipped(string Reason) : StageResult<T>;

    /// <summary>What was written cannot be used; trying again changes nothing before somebody writes something else.</summary>
    internal sealed record Rejected(IReadOnlyList<Finding> Findings) : StageResult<T>;

    /// <summary>It may not go on yet; <paramref name="Until"/> when the time alone will release it, none when an event must.</summary>
    internal sealed record Held(string Reason, DateTimeOffset? Until) : StageResult<T>;

    /// <summary>Something outside failed and may work later, <paramref name="After"/> that long; none: by the queue's own back-off.</summary>
    internal sealed record Retry(TimeSpan? After, string Reason) : StageResult<T>;
}
