using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>Where the logs of runs are kept on this machine: one file per attempt. One on a cluster has its file when its container has ended.</summary>
internal static class RunLogs
{
    public static string PathOf(string dataFolder, RunId run, int attempt) =>
        Path.Combine(dataFolder, "logs", "runs", string.Create(CultureInfo.InvariantCulture, $"{run}-{attempt}.log"));

    /// <summary>A run that never got a container has none, and an engine whose runs never did has no folder for logs.</summary>
    public static void Remove(string dataFolder, RunId run, int attempt)
    {
        var path = PathOf(dataFolder, run, attempt);
        if (File.Exists(path))
            File.Delete(path);
    }
}
