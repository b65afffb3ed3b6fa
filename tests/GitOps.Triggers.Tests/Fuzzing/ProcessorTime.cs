using System.Globalization;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>What this thread had of a processor: on a busy machine far less than the time that passes.</summary>
internal static class ProcessorTime
{
    /// <remarks>The first number of <a href="https://docs.kernel.org/scheduler/sched-stats.html">schedstat</a>.</remarks>
    public static TimeSpan OfThisThread() =>
        TimeSpan.FromTicks(long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick);
}
