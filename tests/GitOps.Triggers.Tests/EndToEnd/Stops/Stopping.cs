using System.Diagnostics;
using System.Globalization;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.EndToEnd.Stops;

/// <summary>An engine that is told to stop, and what it leaves.</summary>
internal static class Stopping
{
    /// <summary>What the engine gives all that it has begun.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>SIGTERM, to an end with exit code 0.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> StoppedAsync(this EngineProcess engine)
    {
        var clock = Stopwatch.StartNew();
        var exitCode = await engine.StopAsync();
        Assert.True(exitCode == 0, $"Exit code {exitCode} after {clock.Elapsed}:\n{engine.Log}");
        Assert.True(clock.Elapsed < Grace, $"It took {clock.Elapsed}:\n{engine.Log}");
        return clock.Elapsed;
    }

    /// <summary>A number that nobody else sleeps for, so that the processes of one step or job are known by it.</summary>
    public static string LongSleep() => Random.Shared.Next(100_000, 999_999).ToString(CultureInfo.InvariantCulture);

    /// <summary>Ends the sleep itself, and nothing of what waits for it.</summary>
    public static void Wake(string seconds)
    {
        foreach (var id in Processes.Mentioning("sleep\0" + seconds))
            Process.GetProcessById(id).Kill();
    }
}
