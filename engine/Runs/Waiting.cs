namespace GitOps.Triggers.Runs;

internal static class Waiting
{
    /// <summary>A timer's longest time is about 49 days.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Ends at the time or when cancelled, whichever is first, and never fails; without a time, only when cancelled.</summary>
    public static async Task UntilAsync(DateTimeOffset? at, TimeProvider time, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            // One look at the clock for both questions: a delay that had become negative meanwhile, by one millisecond, would be one without an end.
            var rest = at - time.GetUtcNow() ?? Longest;
            if (rest <= TimeSpan.Zero)
                return;
            await Task.Delay(rest < Longest ? rest : Longest, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
