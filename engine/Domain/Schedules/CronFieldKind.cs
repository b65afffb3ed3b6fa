using System.Globalization;

namespace GitOps.Triggers.Domain;

/// <summary>One of the five fields: what people call it, its range, and the names it knows.</summary>
internal sealed class CronFieldKind
{
    public static readonly CronFieldKind Minute = new("minute", 0, 59, "");
    public static readonly CronFieldKind Hour = new("hour", 0, 23, "");
    public static readonly CronFieldKind DayOfMonth = new("day of month", 1, 31, "");
    public static readonly CronFieldKind Month = new("month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC");
    public static readonly CronFieldKind DayOfWeek = new("day of week", 0, 6, "SUN MON TUE WED THU FRI SAT");

    private CronFieldKind(string name, int min, int max, string names) =>
        (Name, Min, Max, Names) = (name, min, max, names.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>In the order in which they are written.</summary>
    public static IReadOnlyList<CronFieldKind> All { get; } = [Minute, Hour, DayOfMonth, Month, DayOfWeek];

    public string Name { get; }

    public int Min { get; }

    public int Max { get; }

    /// <summary>The first one stands for <see cref="Min"/>; empty where only numbers are known.</summary>
    public IReadOnlyList<string> Names { get; }

    public string Range => Names.Count == 0 ? $"{Min}-{Max}" : $"{Min}-{Max} or {Names[0]}-{Names[^1]}";

    /// <summary>A number or a name. Numbers are not checked against the range.</summary>
    public bool TryRead(string text, out long value)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (Names[i].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                value = Min + i;
                return true;
            }
        }
        return TryReadNumber(text, out value);
    }

    /// <summary>Digits with an optional plus, as Go's <c>strconv.Atoi</c> reads them; a minus never counts as one here.</summary>
    public static bool TryReadNumber(string text, out long value)
    {
        value = 0;
        var digits = text.AsSpan(text.StartsWith('+') ? 1 : 0);
        return digits.Length > 0
            && !digits.ContainsAnyExceptInRange('0', '9')
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
