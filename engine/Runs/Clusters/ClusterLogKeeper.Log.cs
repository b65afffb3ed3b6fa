using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

internal sealed partial class ClusterLogKeeper
{
    [LoggerMessage(1, LogLevel.Warning, "The log of attempt {Attempt} of the run {Run} could not be kept; it can be read for as long as its pod is there: {Reason}")]
    private static partial void NotKept(ILogger logger, RunId run, int attempt, string reason);
}
