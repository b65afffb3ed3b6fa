namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>
/// A second reader of the Kubernetes controller's schedules (robfig/cron v3, <c>ParseStandard</c>), from its documentation and its tests' answers:
/// sets of numbers, no bits, no explanations. Starred: a day field holds a star, and both day fields must match.
/// </summary>
internal sealed record PlainSchedule(HashSet<int> Minutes, HashSet<int> Hours, HashSet<int> Days, HashSet<int> Months, HashSet<int> Weekdays, bool Starred)
{
    private static readonly string[] MonthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <returns>None when the controller refuses it. It takes <c>TZ=</c> and <c>@every</c>, which are not read here.</returns>
    public static PlainSchedule? Parse(string text)
    {
        var fields = Spelled(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
            return null;
        (HashSet<int> Values, bool Star)?[] read =
            [Field(fields[0], 0, 59, []), Field(fields[1], 0, 23, []), Field(fields[2], 1, 31, []), Field(fields[3], 1, 12, MonthNames), Field(fields[4], 0, 6, DayNames)];
        return read.Contains(null) ? null : new PlainSchedule(read[0]!.Value.Values, read[1]!.Value.Values, read[2]!.Value.Values, read[3]!.Value.Values, read[4]!.Value.Values, read[2]!.Value.Star || read[4]!.Value.Star);
    }

    public bool IsDue(DateTime day) => Starred
        ? Days.Contains(day.Day) && Weekdays.Contains((int)day.DayOfWeek)
        : Days.Contains(day.Day) || Weekdays.Contains((int)day.DayOfWeek);

    private static string Spelled(string text) => text switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        ['@', ..] => "",
        _ => text,
    };

    private static (HashSet<int>, bool)? Field(string text, int least, int most, string[] names)
    {
        var (values, star) = (new HashSet<int>(), false);
        foreach (var item in text.Split(',').Where(item => item.Length > 0))
        {
            if (Item(item, least, most, names) is not { } found)
                return null;
            values.UnionWith(found.Values);
            star |= found.Star;
        }
        return (values, star);
    }

    private static (IEnumerable<int> Values, bool Star)? Item(string item, int least, int most, string[] names)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        var span = slash < 0 ? item : item[..slash];
        var step = slash < 0 ? 1 : Number(item[(slash + 1)..]);
        var ends = span.Split('-');
        var isStar = ends[0] is "*" or "?";
        decimal? low = isStar ? least : Value(ends[0], least, names);
        decimal? high = isStar ? most : ends.Length == 2 ? Value(ends[1], least, names) : ends.Length > 2 ? null : slash < 0 ? low : most;
        if (step is null or <= 0 || low is null || high is null || low < least || high > most || low > high)
            return null;
        return (Enumerable.Range((int)low, (int)(high - low) + 1).Where(value => (value - (int)low) % step == 0), isStar && step == 1);
    }

    private static decimal? Value(string text, int least, string[] names) =>
        Array.IndexOf(names, text.ToLowerInvariant()) is var name and >= 0 ? least + name : Number(text);

    /// <summary>As Go reads one into 64 bits.</summary>
    private static decimal? Number(string text)
    {
        var digits = text is ['+' or '-', ..] ? text[1..] : text;
        if (digits.Length == 0 || digits.Any(c => c is < '0' or > '9') || digits.TrimStart('0').Length > 19)
            return null;
        var number = digits.TrimStart('0') is { Length: > 0 } significant ? decimal.Parse(significant, System.Globalization.CultureInfo.InvariantCulture) : 0;
        number = text[0] == '-' ? -number : number;
        return number is < long.MinValue or > long.MaxValue ? null : number;
    }
}
