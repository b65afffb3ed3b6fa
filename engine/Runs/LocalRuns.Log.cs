using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

internal sealed partial class LocalRuns
{
    [LoggerMessage(1, LogLevel.Information, "Took up {Count} runs that the engine had left")]
    private static partial void TakenUp(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Error, "The run {Run} could not be carried on; it is tried again")]
    private static partial void Broken(ILogger logger, Exception exception, RunId run);

    [LoggerMessage(3, LogLevel.Information, "Removed the container {Name}: its run is over")]
    private static partial void Swept(ILogger logger, string name);

    [LoggerMessage(4, LogLevel.Warning, "Could not remove the container {Name}, whose run is over; it is tried again at the next start: {Reason}")]
    private static partial void NotSwept(ILogger logger, string name, string reason);

    [LoggerMessage(5, LogLevel.Error, "Runs cannot be looked after: {Reason}")]
    private static partial void NoContainerEngine(ILogger logger, string reason);
}
