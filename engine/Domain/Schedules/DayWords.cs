namespace GitOps.Triggers.Domain;

/// <summary>The two day fields and the month field in words.</summary>
/// <param name="Frequency">Said before a time of the day, "every weekday"; none where the day is better said after it.</param>
/// <param name="Limit">Said after the time, with the space before it; empty for every day.</param>
internal readonly record struct DayWords(string? Frequency, string Limit)
{
    private const int NonLeapYear = 2023;

    public static DayWords Of(CronFields fields)
    {
        var months = new MonthWords([.. fields.Months.Values]);
        int[] dates = [.. fields.DaysOfMonth.Values];
        var weekdays = new WeekdayWords([.. fields.DaysOfWeek.Values]);
        var (anyDate, anyWeekday) = (fields.DaysOfMonth.IsAll(CronFieldKind.DayOfMonth), fields.DaysOfWeek.IsAll(CronFieldKind.DayOfWeek));
        // Where one field is enough, one that holds every day holds for both; where both must match, one of them holds every day.
        if (fields.BothDaysMustMatch ? anyDate && anyWeekday : anyDate || anyWeekday)
            return new($"every day{months.In}", months.In);
        if (anyDate || dates.Length == 0)
            return new($"every {weekdays.Singular}{months.In}", $" on {weekdays.Plural}{months.In}");
        if (anyWeekday || fields.DaysOfWeek.IsEmpty)
            return new(null, $" on {DatesOf(dates, months)}");
        var comma = months.In.Length > 0 ? "," : "";
        return new(null, $" on {Dates(dates)} of the month or on {weekdays.Any}{comma}{months.In}");
    }

    private static string DatesOf(int[] dates, MonthWords months) => (dates, months.Values) switch
    {
        ([29], [2]) => "29 February (in leap years)",
        ([var date], [var month]) => $"{English.Number(date)} {MonthWords.Name(month)}",
        ([var date], _) when months.Values.Any(month => date > DateTime.DaysInMonth(NonLeapYear, month)) => $"the {English.Ordinal(date)} of {months.Of} (in months that have it)",
        _ => $"{Dates(dates)} of {months.Of}",
    };

    private static string Dates(int[] dates)
    {
        if (dates.Length > 3 && English.Distance(dates) is > 1 and var distance)
            return $"every {English.Ordinal(distance)} day from the {English.Ordinal(dates[0])} to the {English.Ordinal(dates[^1])}";
        var parts = English.Runs(dates).SelectMany(run => run.Last - run.First < 2
            ? Enumerable.Range(run.First, run.Last - run.First + 1).Select(English.Ordinal)
            : [$"{English.Ordinal(run.First)} to {English.Ordinal(run.Last)}"]);
        return $"the {English.And(parts)}";
    }
}
