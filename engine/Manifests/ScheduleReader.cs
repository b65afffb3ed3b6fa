using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Manifests;

/// <summary>Reads a schedule and its time zone, and says of each what is wrong with it.</summary>
internal sealed class ScheduleReader(Report report)
{
    private const string DefaultZone = "Etc/UTC";

    /// <param name="schedule">None: no schedule.</param>
    /// <param name="timeZone">None: UTC.</param>
    /// <param name="seed">What <c>H</c> is resolved with; none where there is no trigger to spread.</param>
    public CronSchedule? Read(Node? schedule, Node? timeZone, string? seed)
    {
        var zone = ReadZone(timeZone);
        if (Values.Text(schedule) is not { } expression || report.IsRefused(schedule!))
            return null;
        ScheduleProblem? problem = null;
        var resolved = expression;
        if (seed is not null && !HashedSchedule.TryResolve(expression, seed, out resolved, out problem))
            resolved = null;
        if (resolved is not null && CronSchedule.TryParse(resolved, zone, out var read, out problem))
            return read;
        report.Refuse(schedule!, problem!.Message, problem.Fix);
        return null;
    }

    private IanaTimeZone ReadZone(Node? node)
    {
        if (IanaTimeZone.TryParse(Values.Text(node) ?? DefaultZone, out var zone, out var problem))
            return zone;
        report.Refuse(node!, problem.Message, problem.Fix);
        return IanaTimeZone.TryParse(DefaultZone, out var utc, out _) ? utc : throw new InvalidOperationException("This machine has no time zone data (tzdata).");
    }
}
