using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

internal sealed partial class ClusterRuns
{
    [LoggerMessage(1, LogLevel.Warning, "What happens on the cluster of {Environment} is not seen at present, in {Where}: {Reason}")]
    private static partial void NotSeen(ILogger logger, EnvironmentName environment, string where, string reason);

    [LoggerMessage(2, LogLevel.Information, "What happens on the cluster of {Environment} is seen again, in {Where}")]
    private static partial void SeenAgain(ILogger logger, EnvironmentName environment, string where);

    [LoggerMessage(3, LogLevel.Error, "The runs of {Environment} could not be recorded; it is tried again until they are")]
    private static partial void NotRecorded(ILogger logger, Exception exception, EnvironmentName environment);
}
