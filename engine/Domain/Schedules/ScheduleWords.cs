namespace GitOps.Triggers.Domain;

/// <summary>Says a schedule in plain words. Whatever its shape, the words name exactly the times that it names; common shapes read as people would say them.</summary>
internal static class ScheduleWords
{
    public static string Describe(CronFields fields, string timeZone)
    {
        var time = TimeWords.Of(fields.Minutes, fields.Hours);
        var days = DayWords.Of(fields);
        var text = days.Frequency is { } every && time.IsTimeOfDay
            ? $"{every} {time.Text}"
            : time.Text + days.Limit;
        if (!time.NamesClock && days.Limit.Length == 0)
            return text;
        // "at 09:00 Europe/Oslo" needs no comma; after a day or a month the zone would read as a part of it.
        return text[^3] == ':' ? $"{text} {timeZone}" : $"{text}, {timeZone}";
    }
}
