using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>When an environment's freeze windows let a deployment through. A window holds from each time of its schedule on, up to but not including its end.</summary>
internal static class FreezeCalendar
{
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(366);

    // For windows of minutes; a day has 1,440.
    private const int MostInARow = 10_000;

    /// <returns>
    /// <paramref name="from"/> itself when no window holds then; else the end of the last of the windows that follow each other without
    /// a gap; none when there is no gap for a year.
    /// </returns>
    public static DateTimeOffset? FirstOpen(IReadOnlyList<FreezeWindow> windows, DateTimeOffset from)
    {
        var open = from;
        for (var passed = 0; passed < MostInARow && open - from < Horizon; passed++)
        {
            if (windows.Select(window => EndAt(window, open)).Max() is not { } end)
                return open;
            open = end;
        }
        return null;
    }

    /// <returns>The end of the earliest of the window's openings that hold at this instant.</returns>
    private static DateTimeOffset? EndAt(FreezeWindow window, DateTimeOffset instant) =>
        window.Opens.Next(instant - window.Duration) is { } opened && opened <= instant
            ? (opened + window.Duration).ToUniversalTime()
            : null;
}
