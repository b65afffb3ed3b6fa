using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>
/// How often one key may be worked on, however often it is marked: at once so many times in a row, then once in a while. What somebody marks
/// without end (a bot that pushes, another controller that edits) is looked at again in time, and does not keep the processor busy meanwhile.
/// Not safe for several threads at once.
/// Source: the generic cell rate algorithm, ITU-T I.371.
/// </summary>
internal sealed class WorkPace
{
    /// <summary>More than a team pushes to one branch in a hurry.</summary>
    public const int AtOnce = 20;

    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // One that is paid for up to then may have as many at once as ever.
    private readonly Dictionary<WorkKey, DateTimeOffset> paid = [];

    /// <returns>When the key may be taken: at <paramref name="now"/>, or later.</returns>
    public DateTimeOffset Next(WorkKey key, DateTimeOffset now) => PaidUntil(key, now) - (Interval * (AtOnce - 1)) is var next && next > now ? next : now;

    /// <summary>It was taken.</summary>
    public void Took(WorkKey key, DateTimeOffset now) => paid[key] = PaidUntil(key, now) + Interval;

    private DateTimeOffset PaidUntil(WorkKey key, DateTimeOffset now)
    {
        // Further ahead than that it can only be when the clock was set back since.
        var isPaid = paid.TryGetValue(key, out var until) && until > now && until <= now + (Interval * AtOnce);
        return isPaid ? until : now;
    }
}
