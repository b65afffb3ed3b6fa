using System.Diagnostics;
using System.Globalization;

namespace GitOps.Triggers.Domain;

/// <summary>
/// Named places at which the crash tests end the process as a power cut would, when <see cref="Variable"/> names one of them: <c>NAME</c>, or <c>NAME:TIMES</c>
/// for the time that it is reached. That every stage may be cut short and repeated is a promise; without these it could only be tested by luck.
/// </summary>
internal static class FailPoint
{
    public const string Variable = "GITOPS_TRIGGERS_FAILPOINT";

    private static readonly string[] Chosen = (Environment.GetEnvironmentVariable(Variable) ?? "").Split(':');

    private static int left = Chosen.Length > 1 ? int.Parse(Chosen[1], CultureInfo.InvariantCulture) : 1;

    /// <summary>Whether any place is named.</summary>
    public static bool IsSet => Chosen[0].Length > 0;

    public static void Reach(string name)
    {
        if (!IsSet || Chosen[0] != name || Interlocked.Decrement(ref left) > 0)
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
