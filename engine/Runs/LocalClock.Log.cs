namespace GitOps.Triggers.Runs;

internal sealed partial class LocalClock
{
    [LoggerMessage(1, LogLevel.Information, "The local clock keeps {Count} CronJobs")]
    private static partial void Loaded(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Error, "The local clock could not decide; it tries again every few seconds until it can")]
    private static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "The CronJob {Name} cannot be read and does not run: {Reason}")]
    private static partial void Unreadable(ILogger logger, string name, string reason);

    [LoggerMessage(4, LogLevel.Information, "The local clock decides again")]
    private static partial void Recovered(ILogger logger);
}
