using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>How much of a build context may still be read.</summary>
internal sealed class ContextBudget(Limits limits)
{
    /// <summary>Excluded folders are looked through too when a <c>!</c> pattern may bring something of them back; that must end as well.</summary>
    private const int LooksPerEntry = 10;

    private long looks;
    private long entries;
    private long bytes;

    /// <summary>What there was too much of; none: all is within the limits.</summary>
    public string? Exceeded { get; private set; }

    /// <returns>Whether one more entry may be looked at.</returns>
    public bool Look() => Within(++looks, (long)limits.ContextEntries * LooksPerEntry, "entries, those that .dockerignore names among them");

    /// <returns>Whether one more entry may be part of the context.</returns>
    public bool Take(long size) => Within(++entries, limits.ContextEntries, "entries") && Within(bytes += size, limits.ContextBytes, "bytes");

    private bool Within(long seen, long limit, string unit)
    {
        if (seen > limit)
            Exceeded ??= string.Create(CultureInfo.InvariantCulture, $"more than {limit} {unit}");
        return Exceeded is null;
    }
}
