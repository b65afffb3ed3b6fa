using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Benchmarks;

/// <summary>What the figures were seen on.</summary>
internal static class Machine
{
    public static IEnumerable<string> Lines()
    {
        yield return $"{DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
        yield return $"{Environment.ProcessorCount} cores ({Processor()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}";
        yield return $".NET {Environment.Version}, {Said("git", "--version")}, engine {typeof(Finding).Assembly.GetName().Version?.ToString(3)}";
        yield return $"load before: {File.ReadAllText("/proc/loadavg").Split(' ')[0]}";
    }

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string Said(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
