namespace GitOps.Triggers.Runs;

internal sealed partial class RunSweep
{
    [LoggerMessage(1, LogLevel.Information, "Removed the container {Name}: its run is over")]
    private static partial void Swept(ILogger logger, string name);

    [LoggerMessage(2, LogLevel.Warning, "Could not remove the container {Name}, whose run is over; it is tried again at the next start: {Reason}")]
    private static partial void NotSwept(ILogger logger, string name, string reason);

    [LoggerMessage(3, LogLevel.Error, "Runs cannot be looked after: {Reason}")]
    private static partial void NoContainerEngine(ILogger logger, string reason);

    [LoggerMessage(4, LogLevel.Warning, "What runs that are over were given, secrets among it, could not be deleted from the data folder; it is tried again at the next start: {Reason}")]
    private static partial void FoldersNotSwept(ILogger logger, string reason);
}
