using System.Globalization;

namespace GitOps.Triggers.Cli;

/// <summary>A time that somebody typed.</summary>
/// <param name="Time">The instant that was meant.</param>
/// <param name="Note">What had to be assumed about it, if anything.</param>
internal sealed record WrittenTime(DateTimeOffset Time, string? Note)
{
    private static readonly string[] WithDate = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];
    private static readonly string[] WithZone = [.. WithDate.Select(format => format + "zzz"), .. WithDate.Select(format => format + "'Z'")];

    /// <param name="text">With a date or without, with a zone or without.</param>
    /// <param name="zone">For a text without one.</param>
    /// <param name="now">Whose day is meant by a text without a date.</param>
    /// <param name="written">What was meant.</param>
    public static bool TryParse(string text, TimeZoneInfo zone, DateTimeOffset now, out WrittenTime written)
    {
        written = new WrittenTime(now, null);
        if (DateTimeOffset.TryParseExact(text, WithZone, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact))
            written = new WrittenTime(exact, null);
        else if (DateTime.TryParseExact(text, WithDate, CultureInfo.InvariantCulture, DateTimeStyles.None, out var there))
            written = InZone(there, zone);
        else if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
            written = InZone(TimeZoneInfo.ConvertTime(now, zone).Date + clock.ToTimeSpan(), zone);
        else
            return false;
        return true;
    }

    private static WrittenTime InZone(DateTime there, TimeZoneInfo zone)
    {
        var time = there.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        if (zone.IsInvalidTime(there))
        {
            // The offset before the gap: the instant at which a clock that was not put forward would show it.
            var before = zone.GetUtcOffset(there.AddHours(-3));
            return new WrittenTime(new DateTimeOffset(there, before), $"There is no {time} in {zone.Id}: clocks go forward then. Taken as {TimeText.Full(new DateTimeOffset(there, before), zone)}.");
        }
        if (!zone.IsAmbiguousTime(there))
            return new WrittenTime(new DateTimeOffset(there, zone.GetUtcOffset(there)), null);
        var first = new DateTimeOffset(there, zone.GetAmbiguousTimeOffsets(there).Max());
        return new WrittenTime(first, $"{time} happens twice in {zone.Id}: clocks go back then. Taken as the first, {TimeText.Full(first, zone)}; the other: {there:yyyy-MM-ddTHH:mm}{Offset(zone.GetAmbiguousTimeOffsets(there).Min())}.");
    }

    private static string Offset(TimeSpan offset) => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
}
