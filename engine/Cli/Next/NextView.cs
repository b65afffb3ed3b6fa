using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Cli;

/// <summary>A schedule in words, and its next times.</summary>
internal sealed record NextView
{
    public string? Trigger { get; init; }

    public string? Environment { get; init; }

    /// <summary>None: awaiting schedule.</summary>
    public string? Schedule { get; init; }

    public string? TimeZone { get; init; }

    public required string InWords { get; init; }

    /// <summary>Why none of these times will be a run; none when they will.</summary>
    public string? Stopped { get; init; }

    public required IReadOnlyList<NextTime> Times { get; init; }

    public static NextView Of(CronSchedule schedule, DateTimeOffset now, int count) => new()
    {
        Schedule = schedule.Expression,
        TimeZone = schedule.TimeZone,
        InWords = schedule.Describe(),
        Times = ClockChanges.Note([.. schedule.Upcoming(now, count)], now, TimeText.Zone(schedule.TimeZone)),
    };
}
