namespace GitOps.Triggers.Cli;

/// <summary>Points out where a zone's clocks change between one time and the next.</summary>
internal static class ClockChanges
{
    public static IReadOnlyList<NextTime> Note(IReadOnlyList<DateTimeOffset> times, DateTimeOffset now, TimeZoneInfo zone) =>
        [.. times.Select((time, i) => new NextTime(time, Between(i == 0 ? now : times[i - 1], time, zone)))];

    private static string? Between(DateTimeOffset before, DateTimeOffset after, TimeZoneInfo zone)
    {
        var shift = zone.GetUtcOffset(after) - zone.GetUtcOffset(before);
        if (shift == TimeSpan.Zero)
            return null;
        var change = Find(before, after, zone);
        var day = TimeText.Full(change, zone);
        return $"clocks go {(shift > TimeSpan.Zero ? "forward" : "back")} {TimeText.Length(shift.Duration())} at {day}";
    }

    /// <summary>The first instant with the later offset, to the minute.</summary>
    private static DateTimeOffset Find(DateTimeOffset before, DateTimeOffset after, TimeZoneInfo zone)
    {
        var (low, high) = (before.ToUnixTimeSeconds() / 60, (after.ToUnixTimeSeconds() / 60) + 1);
        var offset = zone.GetUtcOffset(after);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle * 60)) == offset)
                high = middle;
            else
                low = middle;
        }
        return DateTimeOffset.FromUnixTimeSeconds(high * 60);
    }
}
