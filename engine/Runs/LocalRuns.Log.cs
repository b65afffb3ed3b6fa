namespace GitOps.Triggers.Runs;

internal sealed partial class LocalRuns
{
    [LoggerMessage(1, LogLevel.Information, "Took up {Count} runs that the engine had left")]
    private static partial void TakenUp(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "Old logs and records of {CronJob} could not be deleted; it is tried again after its next run: {Reason}")]
    private static partial void NotTrimmed(ILogger logger, string cronJob, string reason);
}
