using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace GitOps.Triggers.Tests.Manifests;

/// <summary>
/// Time limits that hold on a busy machine, too: what is measured is the time that the processor worked on it (where the system tells),
/// in the fastest of several runs; the first one compiles.
/// </summary>
internal static class Fastest
{
    private const int Runs = 8;
    private const string Clock = "/proc/thread-self/schedstat";

    public static void IsBelow(TimeSpan limit, Action action, string what)
    {
        var fastest = TimeSpan.MaxValue;
        for (var run = 0; run < Runs && fastest >= limit; run++)
        {
            var started = Now();
            action();
            var took = Now() - started;
            fastest = took < fastest ? took : fastest;
        }

        Assert.True(fastest < limit, $"{what} took {fastest.TotalMilliseconds:F0} ms; the limit is {limit.TotalMilliseconds:F0} ms.");
    }

    private static TimeSpan Now() => File.Exists(Clock)
        ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Clock).Split(' ')[0], CultureInfo.InvariantCulture) / 1000)
        : Stopwatch.GetElapsedTime(0);
}
