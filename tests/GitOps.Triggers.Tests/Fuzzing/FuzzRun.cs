using System.Diagnostics;
using System.Globalization;
using System.Text;
using CsCheck;
using GitOps.Triggers.Tests.Support;
using Xunit;

namespace GitOps.Triggers.Tests.Fuzzing;

/// <summary>Runs a target as often as <c>FUZZ_EXECUTIONS</c> and its share say, and keeps what it fails on.</summary>
internal static class FuzzRun
{
    /// <summary>Few enough for all targets to be done in half a minute on one core.</summary>
    private const long ByDefault = 40_000;

    private const int Batch = 50_000;

    /// <summary>Finds what never ends and what grows with a power of its length; not how fast a reader is.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly long Executions =
        long.TryParse(Environment.GetEnvironmentVariable("FUZZ_EXECUTIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : ByDefault;

    private static readonly string[] Wanted = (Environment.GetEnvironmentVariable("FUZZ_TARGETS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Findings { get; } = Source.File("artifacts", "fuzz");

    public static bool IsWanted(string target) => Wanted.Length == 0 || Wanted.Contains(target, StringComparer.Ordinal);

    public static long Of(int share) => Math.Max(1, Executions * share / 1_000);

    /// <summary>In batches, since the generator goes on to the end after a failure, in search of a smaller one.</summary>
    public static void Run(FuzzTarget target, ITestOutputHelper output)
    {
        Directory.CreateDirectory(Findings);
        var before = Environment.CpuUsage.TotalTime;
        using var last = new LastInput(Path.Combine(Findings, target.Name + ".last"));
        var executions = Of(target.Share);
        for (var left = executions; left > 0; left -= Batch)
            target.Inputs.Sample(input => Try(target, input, last), iter: Math.Min(Batch, left), threads: 1, print: Print);
        var took = Environment.CpuUsage.TotalTime - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {executions} executions in {took.TotalSeconds:F1} s of a processor"));
    }

    /// <summary>A machine that stood still for a moment is no fault of the input's: what takes long takes long the second time too.</summary>
    public static void CheckInTime(FuzzTarget target, byte[] input)
    {
        if (Took(target, input) >= Longest && Took(target, input) >= Longest)
            Assert.Fail($"It takes longer than {Longest.TotalSeconds} s.");
    }

    private static void Try(FuzzTarget target, byte[] input, LastInput last)
    {
        last.Remember(input);
        try
        {
            CheckInTime(target, input);
        }
        catch
        {
            // The generator only comes back with smaller ones: the last to be written is the smallest.
            File.WriteAllBytes(Path.Combine(Findings, target.Name + ".failed"), input);
            throw;
        }
    }

    private static TimeSpan Took(FuzzTarget target, byte[] input)
    {
        var clock = Stopwatch.StartNew();
        target.Check(input);
        return clock.Elapsed;
    }

    private static string Print(byte[] input) => $"{Encoding.UTF8.GetString(input)}\n(base64: {Convert.ToBase64String(input)})";
}
