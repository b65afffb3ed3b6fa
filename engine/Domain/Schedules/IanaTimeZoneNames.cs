using System.Buffers;

namespace GitOps.Triggers.Domain;

/// <summary>Which texts may be looked up as a zone, and what to say of those that are none.</summary>
internal static class IanaTimeZoneNames
{
    private const int Longest = 64;
    private const string Example = "such as Europe/Oslo or Etc/UTC";

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-");

    /// <summary>Names that a machine's zone folder holds besides the zones; the first two are the machine's own setting in disguise.</summary>
    private static readonly string[] NotZones = ["Local", "localtime", "posixrules", "Factory"];

    private static readonly Lazy<string[]> Known = new(() => [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)]);

    /// <summary>Fit to be looked up: a zone's name becomes a path to its file, so nothing else may reach that far.</summary>
    public static bool IsWellFormed(string id) =>
        id.Length is > 0 and <= Longest
        && char.IsAsciiLetter(id[0])
        && !id.AsSpan().ContainsAnyExcept(Allowed)
        && !id.StartsWith("posix/", StringComparison.Ordinal) && !id.StartsWith("right/", StringComparison.Ordinal)
        && !NotZones.Contains(id, StringComparer.OrdinalIgnoreCase);

    public static ScheduleProblem Refuse(string id)
    {
        if (string.IsNullOrWhiteSpace(id))
            return Problem("The time zone is empty.");
        if (id.Length > Longest)
            return Problem(FormattableString.Invariant($"The time zone is {id.Length} characters long; no name has more than {Longest}."));
        var shown = $"The time zone '{Shown.Text(id)}'";
        if (NotZones.Take(2).Contains(id, StringComparer.OrdinalIgnoreCase))
            return Problem($"{shown} is whatever the machine that reads it is set to.");
        if (id.EndsWith(" Time", StringComparison.OrdinalIgnoreCase))
            return Problem($"{shown} is a Windows name, which Kubernetes does not know.");
        if (IsOffset(id))
            return Problem($"{shown} is an offset, which knows no daylight saving.", $"Write the IANA name of a place, {Example}; for a fixed offset Etc/GMT-2, which is two hours ahead of UTC.");
        return Problem($"{shown} is not known.", Suggestion(id) is { } known ? $"Write {known}." : null);
    }

    private static bool IsOffset(string id)
    {
        var sign = id.AsSpan().IndexOfAny('+', '-');
        return sign >= 0 && id[..sign] is "" or "UTC" or "GMT" && id.AsSpan(sign + 1).ContainsAnyInRange('0', '9');
    }

    private static string? Suggestion(string id)
    {
        if (id.Length > Longest)
            return null;
        // "Oslo", "europe/oslo" and "right/Europe/Oslo" name the place rightly; a slip of the pen is searched for only after that.
        var written = id.Replace(' ', '_');
        var place = written[(written.LastIndexOf('/') + 1)..];
        return Known.Value.FirstOrDefault(zone => zone.Equals(written, StringComparison.OrdinalIgnoreCase))
            ?? Known.Value.FirstOrDefault(zone => zone.EndsWith('/' + place, StringComparison.OrdinalIgnoreCase))
            ?? Nearest.To(written, Known.Value);
    }

    private static ScheduleProblem Problem(string message, string? fix = null) =>
        new() { Message = message, Fix = fix ?? $"Write an IANA name, {Example}." };
}
