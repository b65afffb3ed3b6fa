using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

internal sealed partial class RunLoop
{
    [LoggerMessage(1, LogLevel.Error, "The run {Run} cannot be carried on at present; it is tried again until it can")]
    private static partial void Broken(ILogger logger, Exception exception, RunId run);

    [LoggerMessage(2, LogLevel.Warning, "The run {Run} waits: {Reason}")]
    private static partial void Waits(ILogger logger, RunId run, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The run {Run} is over, but what it used could not be taken away yet: {Reason}")]
    private static partial void NotForgotten(ILogger logger, RunId run, string reason);
}
