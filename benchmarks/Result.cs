namespace GitOps.Triggers.Benchmarks;

/// <summary>One line of the report.</summary>
/// <param name="What">What was measured, and on what.</param>
/// <param name="Seen">The value, with its spread.</param>
/// <param name="Limit">What it is held to; none: it is reported only.</param>
/// <param name="Held">Whether it keeps the limit.</param>
internal sealed record Result(string What, string Seen, string? Limit = null, bool Held = true);
