using System.Globalization;
using GitOps.Triggers.Domain;
using GitOps.Triggers.Logs;

namespace GitOps.Triggers.Builds;

/// <summary>One log per build, <c>logs/builds/&lt;id&gt;.log</c> in the data folder; <see cref="LogFollower"/> reads them.</summary>
internal sealed class BuildLogs(EngineConfiguration configuration, ISecretMask mask)
{
    public LogFile Create(long buildId) => LogFile.Create(PathOf(buildId), configuration.Limits.BuildLogBytes, mask);

    public void Remove(long buildId)
    {
        // A build that ended before it began has none, and an engine that never built has no folder for them.
        if (File.Exists(PathOf(buildId)))
            File.Delete(PathOf(buildId));
    }

    public string PathOf(long buildId) =>
        Path.Combine(configuration.DataFolder, "logs", "builds", buildId.ToString(CultureInfo.InvariantCulture) + ".log");
}
