namespace GitOps.Triggers.Registries;

/// <summary>How long a server asks to be left alone.</summary>
internal static class RetryAfter
{
    public static TimeSpan? Of(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        // Of two clocks that may differ the answer's own counts.
        { Date: { } date } when response.Headers.Date is { } now && date > now => date - now,
        _ => null,
    };
}
