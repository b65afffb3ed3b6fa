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

    /// <summary>A run that is as long tells of itself at every twentieth part.</summary>
    private const long Long = 40_000;

    private const int Parts = 20;

    /// <summary>Finds what never ends and what grows with a power of its length; not how fast a reader is.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly long Executions =
        long.TryParse(Environment.GetEnvironmentVariable("FUZZ_EXECUTIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : ByDefault;

    private static readonly string[] Wanted = (Environment.GetEnvironmentVariable("FUZZ_TARGETS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Findings { get; } = Source.File("artifacts", "fuzz");

    public static bool IsWanted(string target) => Wanted.Length == 0 || Wanted.Contains(target, StringComparer.Ordinal);

    public static long Of(int share) => Math.Max(1, Executions * share / 1_000);

    /// <summary>In parts, since the generator goes on to the end after a failure, in search of a smaller one.</summary>
    public static void Run(FuzzTarget target, ITestOutputHelper output)
    {
        Directory.CreateDirectory(Findings);
        var (clock, before) = (Stopwatch.StartNew(), ProcessorTime.OfThisThread());
        using var last = new LastInput(Path.Combine(Findings, target.Name + ".last"));
        var executions = Of(target.Share);
        var part = executions >= Long ? executions / Parts : executions;
        for (long done = 0; done < executions;)
        {
            var next = Math.Min(part, executions - done);
            target.Inputs.Sample(input => Try(target, input, last), iter: next, threads: 1, print: Print);
            done += next;
            if (part < executions)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {done} of {executions}, {done / clock.Elapsed.TotalSeconds:F0} a second"));
        }
        var took = ProcessorTime.OfThisThread() - before;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target.Name}: {executions} executions in {took.TotalSeconds:F1} s of a processor"));
    }

    /// <summary>A machine that is busy or stood still is no fault of the input's: what took long is tried again, and has its own time of a processor measured.</summary>
    public static void CheckInTime(FuzzTarget target, byte[] input)
    {
        var clock = Stopwatch.StartNew();
        target.Check(input);
        if (clock.Elapsed < Longest)
            return;
        var before = ProcessorTime.OfThisThread();
        target.Check(input);
        var took = ProcessorTime.OfThisThread() - before;
        Assert.True(took < Longest, $"It takes {took.TotalSeconds} s of a processor.");
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

    private static string Print(byte[] input) => $"{Encoding.UTF8.GetString(input)}\n(base64: {Convert.ToBase64String(input)})";
}
