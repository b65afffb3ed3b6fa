using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Deployment;

/// <summary>Where the logs of runs on this machine are: one file per attempt.</summary>
internal static class RunLogs
{
    public static string PathOf(string dataFolder, RunId run, int attempt) =>
        Path.Combine(dataFolder, "logs", "runs", string.Create(CultureInfo.InvariantCulture, $"{run}-{attempt}.log"));
}
