namespace GitOps.Triggers.Domain;

/// <summary>The minute and hour fields in words.</summary>
/// <param name="Text">The words.</param>
/// <param name="IsTimeOfDay">One or more times, "at 09:00": a day comes before them; a frequency, "every 15 minutes", comes before the day.</param>
/// <param name="NamesClock">It matters whose clock is meant.</param>
internal readonly record struct TimeWords(string Text, bool IsTimeOfDay, bool NamesClock)
{
    private const int MinutesPerHour = 60, HoursPerDay = 24;

    /// <summary>More times than this are said in another way where there is one.</summary>
    private const int FewTimes = 6, FewSpans = 3;

    public static TimeWords Of(CronField minutes, CronField hours)
    {
        int[] minuteValues = [.. minutes.Values], hourValues = [.. hours.Values];
        if (hourValues.Length == HoursPerDay)
            return EveryHour(minuteValues);
        if (minuteValues.Length == 1)
            return OncePerHour(minuteValues[0], hourValues);
        if (minuteValues.Length > 2 && English.Step(minuteValues, MinutesPerHour) is { } step)
            return Throughout(step, minuteValues, hourValues);
        if (minuteValues.Length > 2 && English.Distance(minuteValues) == 1 && hourValues.Length <= FewSpans)
            return Frequency($"every minute {Spans(hourValues.Select(hour => (hour, hour)), minuteValues)}", namesClock: true);
        return minuteValues.Length * hourValues.Length <= FewTimes
            ? Times(hourValues.SelectMany(hour => minuteValues.Select(minute => Clock(hour, minute))))
            : Frequency($"{Past(minuteValues)} {Hours(hourValues)}", namesClock: true);
    }

    private static TimeWords EveryHour(int[] minutes)
    {
        if (minutes is [0])
            return Frequency("every hour on the hour", namesClock: true);
        if (English.Step(minutes, MinutesPerHour) is not { } step || (minutes.Length == 2 && minutes[0] > 0) || minutes.Length == 1)
            return Frequency($"{Past(minutes)} every hour", namesClock: true);
        return minutes[0] == 0
            ? Frequency(Every(step, "minute"), namesClock: false)
            : Frequency($"{Every(step, "minute")} from {Minutes(minutes[0])} past the hour", namesClock: true);
    }

    /// <summary>At the same distance all through some of the hours, so that neighbouring hours can be said as one span.</summary>
    private static TimeWords Throughout(int step, int[] minutes, int[] hours)
    {
        var runs = English.Runs(hours);
        if (runs.Count <= FewSpans)
            return Frequency($"{Every(step, "minute")} {Spans(runs, minutes)}", namesClock: true);
        return Frequency($"{(minutes[0] == 0 ? $"{Every(step, "minute")} during" : Past(minutes))} {Hours(hours)}", namesClock: true);
    }

    private static TimeWords OncePerHour(int minute, int[] hours)
    {
        if (hours.Length < 4 || English.Distance(hours) is not { } distance)
            return Times(hours.Select(hour => Clock(hour, minute)));
        var wholeDay = English.Step(hours, HoursPerDay) is not null;
        var end = wholeDay ? "" : $" to {Clock(hours[^1], minute)}";
        return Frequency($"{Every(distance, "hour")} from {Clock(hours[0], minute)}{end}", namesClock: true);
    }

    private static TimeWords Times(IEnumerable<string> times) => new($"at {English.And(times)}", IsTimeOfDay: true, NamesClock: true);

    private static TimeWords Frequency(string text, bool namesClock) => new(text, IsTimeOfDay: false, namesClock);

    private static string Spans(IEnumerable<(int First, int Last)> hours, int[] minutes) =>
        English.And(hours.Select(run => $"from {Clock(run.First, minutes[0])} to {Clock(run.Last, minutes[^1])}"));

    private static string Every(int step, string unit) => step == 1 ? $"every {unit}" : $"every {English.Number(step)} {unit}s";

    private static string Past(int[] minutes) => English.Distance(minutes) == 1 && minutes.Length > 2
        ? $"every minute from {English.Number(minutes[0])} to {Minutes(minutes[^1])} past"
        : $"at {English.And(minutes[..^1].Select(English.Number).Append(Minutes(minutes[^1])))} past";

    private static string Minutes(int count) => count == 1 ? "1 minute" : $"{English.Number(count)} minutes";

    private static string Hours(int[] hours) => hours.Length > 2 && English.Distance(hours) == 1
        ? $"every hour from {English.TwoDigits(hours[0])} to {English.TwoDigits(hours[^1])}"
        : $"the hour{(hours.Length == 1 ? "" : "s")} {English.And(hours.Select(English.TwoDigits))}";

    private static string Clock(int hour, int minute) => $"{English.TwoDigits(hour)}:{English.TwoDigits(minute)}";
}
