using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

/// <summary>How much of a build context may still be read.</summary>
internal sealed class ContextBudget(Limits limits)
{
    /// <summary>Excluded folders are looked through too when a <c>!</c> pattern may bring something of them back; that must end as well.</summary>
    private const int LooksPerEntry = 10;

    /// <summary>A pattern such as <c>**/*.tmp</c> takes about one step for each character of a path.</summary>
    private const int StepsPerEntry = 20_000;

    private long looks;
    private long entries;
    private long bytes;

    /// <summary>What there was too much of, in words; none: all is within the limits.</summary>
    public string? Exceeded { get; private set; }

    /// <param name="steps">What the patterns have taken up to now.</param>
    /// <returns>Whether one more entry may be looked at.</returns>
    public bool Look(StepCount steps) =>
        Within(++looks, (long)limits.ContextEntries * LooksPerEntry, "entries, those that .dockerignore names among them")
        && Within(steps.Value, (long)limits.ContextEntries * StepsPerEntry, "steps to match against the patterns of its .dockerignore");

    /// <returns>Whether one more entry may be part of the context.</returns>
    public bool Take(long size) => Within(++entries, limits.ContextEntries, "entries") && Within(bytes += size, limits.ContextBytes, "bytes");

    private bool Within(long seen, long limit, string unit)
    {
        if (seen > limit)
            Exceeded ??= string.Create(CultureInfo.InvariantCulture, $"more than {limit} {unit}");
        return Exceeded is null;
    }
}
