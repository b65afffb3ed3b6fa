namespace GitOps.Triggers.Registries;

/// <summary>How long a server asks to be left alone.</summary>
internal static class RetryAfter
{
    /// <summary>Whoever says more is asked again all the same: it may be a slip, and nobody would notice.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static TimeSpan? Of(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => Bounded(delta),
        // Of two clocks that may differ the answer's own counts.
        { Date: { } date } when response.Headers.Date is { } now && date > now => Bounded(date - now),
        _ => null,
    };

    private static TimeSpan Bounded(TimeSpan wait) => wait < Longest ? wait : Longest;
}
