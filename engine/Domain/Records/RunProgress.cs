namespace GitOps.Triggers.Domain;

/// <summary>
/// What becomes of a run's record when the run is seen again. The same may be told any number of times, and late: what has ended stays as it ended,
/// and what was started is never "passed over" any more. A due time that was passed over and is made up for after all gives its place to that run.
/// </summary>
internal static class RunProgress
{
    /// <returns>The record to store; none when nothing is to be changed.</returns>
    public static RunRecord? Of(RunRecord? standing, RunRecord seen)
    {
        if (standing is null)
            return seen;
        // A name that two triggers share, or a run that nothing more can happen to.
        if (standing.Key != seen.Key || standing is { IsFinished: true, IsPassedOver: false })
            return null;
        if (standing.IsPassedOver)
            return seen.IsPassedOver ? null : seen;
        if (seen.IsPassedOver)
            return null;
        var next = seen with
        {
            // Known from who asked for it, and not from what carries it out.
            Origin = standing.Origin,
            ScheduledFor = standing.ScheduledFor,
            Args = standing.Args,
            StartedAt = standing.StartedAt ?? seen.StartedAt,
            Attempt = Math.Max(standing.Attempt, seen.Attempt),
            Node = seen.Node ?? standing.Node,
        };
        return next == standing ? null : next;
    }
}
