using System.Diagnostics;

namespace GitOps.Triggers.Domain;

/// <summary>
/// Named places at which the crash tests end the process as a power cut would, when <c>GITOPS_TRIGGERS_FAILPOINT</c> names one of them.
/// That every stage may be cut short and repeated is a promise; without these it could only be tested by luck.
/// </summary>
internal static class FailPoint
{
    private static readonly string? Chosen = Environment.GetEnvironmentVariable("GITOPS_TRIGGERS_FAILPOINT");

    public static void Reach(string name)
    {
        if (Chosen is null || Chosen != name)
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
