using System.Globalization;
using System.Text;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>A schedule, a zone and the second to look from, with tabs between them.</summary>
internal sealed record ScheduleCase(string Expression, string Zone, long After)
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), Latest = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What changes have made unreadable is UTC, or the beginning of the first year.</summary>
    public static ScheduleCase Read(byte[] input)
    {
        var parts = Encoding.UTF8.GetString(input).Split('\t');
        var after = parts.Length > 2 && DateTimeOffset.TryParse(parts[^1].TrimEnd('\n'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read) && read > Earliest && read < Latest ? read : Earliest;
        return parts.Length > 2 ? new ScheduleCase(string.Join('\t', parts[..^2]), parts[^2], after.ToUnixTimeSeconds()) : new ScheduleCase(parts[0], "Etc/UTC", after.ToUnixTimeSeconds());
    }

    public static byte[] Write(string expression, string zone, long after) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{expression}\t{zone}\t{DateTimeOffset.FromUnixTimeSeconds(after):yyyy-MM-ddTHH:mm:ssZ}"));
}
