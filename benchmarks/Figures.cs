using System.Globalization;

namespace GitOps.Triggers.Benchmarks;

/// <summary>Several measurements of one thing.</summary>
internal sealed record Figures(IReadOnlyList<TimeSpan> All)
{
    private readonly TimeSpan[] sorted = [.. All.Order()];

    public TimeSpan Median => At(0.5);

    /// <summary>The value below which this share of them lies.</summary>
    public TimeSpan At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];

    /// <summary>For people: the median, and between which two eight of ten lie.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Median.TotalMilliseconds:0.0} ms (8 of 10: {At(0.1).TotalMilliseconds:0.0} to {At(0.9).TotalMilliseconds:0.0} ms, n = {sorted.Length})");
}
