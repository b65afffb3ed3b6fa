using System.Globalization;

namespace GitOps.Triggers.Benchmarks;

/// <summary>A schedule for each round that no other round has, and that starts nothing while it is measured.</summary>
internal static class Schedules
{
    public static string Of(int round) => string.Create(CultureInfo.InvariantCulture, $"{round % 60} {round / 60} {(DateTime.UtcNow.Month > 6 ? "1 2" : "1 8")} *");
}
