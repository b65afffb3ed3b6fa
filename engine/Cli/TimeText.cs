using System.Globalization;

namespace GitOps.Triggers.Cli;

/// <summary>Times as people say them: how long until or since, and when by the clock of a zone.</summary>
internal static class TimeText
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(6);

    /// <summary>The zone by its IANA name; this machine's own when there is none, or when it is not known here.</summary>
    public static TimeZoneInfo Zone(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Local;

    /// <summary><c>in 4 min</c>, <c>2 h ago</c>, <c>now</c>.</summary>
    public static string Relative(DateTimeOffset time, DateTimeOffset now)
    {
        var distance = time - now;
        return distance.Duration() < TimeSpan.FromSeconds(1) ? "now" : distance > TimeSpan.Zero ? "in " + Length(Whole(distance)) : Length(Whole(-distance)) + " ago";
    }

    /// <summary><c>4 min</c>: the two largest units where the first is small, one where it is not.</summary>
    public static string Length(TimeSpan length) => length switch
    {
        { TotalSeconds: < 10 } => FormattableString.Invariant($"{length.TotalSeconds:0.#} s"),
        { TotalSeconds: < 60 } => FormattableString.Invariant($"{length.Seconds} s"),
        { TotalMinutes: < 10 } => Two(length.Minutes, "min", length.Seconds, "s"),
        { TotalMinutes: < 60 } => FormattableString.Invariant($"{length.Minutes} min"),
        { TotalHours: < 10 } => Two(length.Hours, "h", length.Minutes, "min"),
        { TotalHours: < 48 } => FormattableString.Invariant($"{(int)length.TotalHours} h"),
        _ => FormattableString.Invariant($"{length.Days} d"),
    };

    /// <summary><c>09:00 CET</c> today, <c>Tue 09:00 CET</c> in the days around, else with the date.</summary>
    public static string Clock(DateTimeOffset time, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (there, today) = (TimeZoneInfo.ConvertTime(time, zone), TimeZoneInfo.ConvertTime(now, zone));
        var format = there.Date == today.Date ? "HH:mm" : (time - now).Duration() < Week ? "ddd HH:mm" : "yyyy-MM-dd HH:mm";
        return there.ToString(format, CultureInfo.InvariantCulture) + " " + Abbreviation(time, zone);
    }

    /// <summary><c>Tue 2026-03-31 09:00 CEST</c>.</summary>
    public static string Full(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " " + Abbreviation(time, zone);

    public static string Both(DateTimeOffset time, DateTimeOffset now, TimeZoneInfo zone) => $"{Relative(time, now)} ({Clock(time, now, zone)})";

    /// <summary>The zone's letters at that time where it has some, else its offset.</summary>
    public static string Abbreviation(DateTimeOffset time, TimeZoneInfo zone)
    {
        if (zone.Id is "UTC" or "Etc/UTC" || zone == TimeZoneInfo.Utc)
            return "UTC";
        var name = zone.IsDaylightSavingTime(time) ? zone.DaylightName : zone.StandardName;
        return name is { Length: >= 2 and <= 5 } && name.All(char.IsAsciiLetterUpper)
            ? name
            : TimeZoneInfo.ConvertTime(time, zone).ToString("zzz", CultureInfo.InvariantCulture);
    }

    // Tenths are for what was measured.
    private static TimeSpan Whole(TimeSpan distance) => TimeSpan.FromSeconds(Math.Floor(distance.TotalSeconds));

    private static string Two(int first, string firstUnit, int second, string secondUnit) => second == 0
        ? FormattableString.Invariant($"{first} {firstUnit}")
        : FormattableString.Invariant($"{first} {firstUnit} {second} {secondUnit}");
}
