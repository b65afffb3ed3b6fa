using GitOps.Triggers.Children;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Hosting;

/// <summary>
/// Ends, when the engine starts, the programs that an earlier one had started and that were left when it was killed: a fetch from a host that never answers
/// would wait for ever. What a job's container needs is none of them. Builds: see <see cref="Builds.BuildLeftovers"/>.
/// </summary>
internal sealed partial class Orphans(EngineConfiguration configuration, ILogger<Orphans> logger)
{
    /// <summary>
    /// Of the container engines only calls that may take long. Others bear the mark as well and must go on: the monitor of a job's container, and what tidies up
    /// when that ends.
    /// </summary>
    private static readonly string[] LongCalls = ["run", "pull", "push", "load", "logs", "wait"];

    /// <summary>Where podman has no root, this holds the namespaces of all its containers, under the name and arguments of the call that made it.</summary>
    private const string PauseProcess = "podman pause";

    public void End()
    {
        var mark = $"{ChildProcesses.Mark}={configuration.DataFolder}";
        var orphans = ProcessTable.All()
            .Where(id => id != Environment.ProcessId && IsOurs(ProcessTable.Read(id, "cmdline").Split('\0')) && ProcessTable.Read(id, "environ").Split('\0').Contains(mark, StringComparer.Ordinal)
                && ProcessTable.Read(id, "comm").TrimEnd() != PauseProcess)
            .ToList();
        foreach (var orphan in orphans)
            ProcessTable.Kill(orphan, withAllBelow: true);
        if (orphans.Count > 0)
            Ended(orphans.Count);
    }

    private static bool IsOurs(string[] call) => Path.GetFileName(call[0]) switch
    {
        "git" or "ssh" => true,
        "podman" or "docker" => call.Any(argument => LongCalls.Contains(argument, StringComparer.Ordinal)),
        var program => program.StartsWith("git-", StringComparison.Ordinal),
    };

    [LoggerMessage(1, LogLevel.Warning, "{Count} processes that an earlier engine had started and left behind were ended")]
    private partial void Ended(int count);
}
