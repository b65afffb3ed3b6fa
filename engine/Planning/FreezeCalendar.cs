using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Planning;

/// <summary>When an environment's freeze windows let a deployment through. A window holds from each time of its schedule on, up to but not including its end.</summary>
internal static class FreezeCalendar
{
    // Two weeks of windows that open every minute: whatever is still frozen then has no gap that anybody meant.
    private const int MostWindows = 20_000;

    /// <returns><paramref name="from"/> itself when no window holds then; else the end of the last of the windows that follow each other without a gap; none when there is no end in sight.</returns>
    public static DateTimeOffset? FirstOpen(IReadOnlyList<FreezeWindow> windows, DateTimeOffset from)
    {
        var open = from;
        for (var passed = 0; passed < MostWindows; passed++)
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
