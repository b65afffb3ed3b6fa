using System.Globalization;

namespace GitOps.Triggers.Domain;

/// <summary>Durations as people write them: <c>90s</c>, <c>10m</c>, <c>26h</c>, <c>7d</c>, or several in falling order, <c>1h30m</c>.</summary>
internal static class Duration
{
    private const string Units = "dhms";

    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is not { Length: > 1 and <= 20 })
            return false;
        long seconds = 0, number = 0;
        int digits = 0, lastUnit = -1;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && digits < 9)
            {
                (number, digits) = ((number * 10) + (c - '0'), digits + 1);
                continue;
            }
            var unit = Units.IndexOf(c);
            if (digits == 0 || unit <= lastUnit)
                return false;
            seconds += number * UnitSeconds(c);
            (number, digits, lastUnit) = (0, 0, unit);
        }
        duration = TimeSpan.FromSeconds(seconds);
        return digits == 0;
    }

    /// <summary>The shortest spelling that <see cref="TryParse"/> reads back; parts of a second are cut.</summary>
    public static string Format(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        if (seconds <= 0)
            return "0s";
        var text = "";
        foreach (var unit in Units)
        {
            var count = Math.DivRem(seconds, UnitSeconds(unit), out seconds);
            if (count > 0)
                text += count.ToString(CultureInfo.InvariantCulture) + unit;
        }
        return text;
    }

    private static long UnitSeconds(char unit) => unit switch { 'd' => 86_400, 'h' => 3_600, 'm' => 60, _ => 1 };
}
