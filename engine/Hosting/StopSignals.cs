using System.Runtime.InteropServices;
using GitOps.Triggers.Children;

namespace GitOps.Triggers.Hosting;

/// <summary>
/// SIGTERM and SIGINT. The first one asks the engine to end; a second one, or <see cref="Longest"/> after the first, ends it at once, and all that it has
/// started, with the exit code that shells give for the signal: 143 or 130.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>Beyond the time that the engine gives itself, and within what Kubernetes gives it (the chart's <c>terminationGracePeriodSeconds</c>).</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    // The exit code of what a signal ended is 128 and its number: these are the same on every system that the engine runs on.
    private const int Killed = 128;
    private static readonly IReadOnlyDictionary<PosixSignal, int> Numbers = new Dictionary<PosixSignal, int> { [PosixSignal.SIGINT] = 2, [PosixSignal.SIGTERM] = 15 };

    private readonly CancellationTokenSource asked = new();
    private readonly List<PosixSignalRegistration> registrations;
    private Timer? cut;
    private int count;
    private volatile bool isCut;

    private StopSignals() => registrations = [.. Numbers.Keys.Select(signal => PosixSignalRegistration.Create(signal, Take))];

    /// <summary>Cancelled by the first one.</summary>
    public CancellationToken Asked => asked.Token;

    public static StopSignals Listen() => new();

    public void Dispose()
    {
        // What is being killed lets the rest come to its end: the exit code would be another one, and something might live on.
        if (isCut)
            Thread.Sleep(Timeout.Infinite);
        registrations.ForEach(registration => registration.Dispose());
        cut?.Dispose();
        asked.Dispose();
    }

    private void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        var code = Killed + Numbers[context.Signal];
        if (Interlocked.Increment(ref count) > 1)
        {
            End(code, "by a second signal");
            return;
        }
        cut = new Timer(_ => End(code, "since something had not come to its end in time"), null, Longest, Timeout.InfiniteTimeSpan);
        // Not here: whoever is told may take long, and the second signal must be heard.
        _ = asked.CancelAsync();
    }

    private void End(int code, string why)
    {
        isCut = true;
        ChildProcesses.KillAll();
        Console.Error.WriteLine($"The engine ended at once, {why}. What was under way is stored and done again after its start.");
        Environment.Exit(code);
    }
}
