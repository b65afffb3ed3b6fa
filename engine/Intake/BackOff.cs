namespace GitOps.Triggers.Intake;

/// <summary>How long a failed key waits: 5 seconds, then twice as long each time, at most 5 minutes; a fifth more or less, so that what failed together does not come back together.</summary>
internal static class BackOff
{
    private const double Spread = 0.2;

    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <param name="attempt">Failures in a row, from 1.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan After(int attempt, double random)
    {
        var doubled = First * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30));
        var even = doubled < Longest ? doubled : Longest;
        return even * (1 - Spread + (2 * Spread * random));
    }
}
