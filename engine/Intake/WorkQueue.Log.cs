using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

internal sealed partial class WorkQueue
{
    [LoggerMessage(1, LogLevel.Information, "{Count} keys are stored as due or to be looked at later.")]
    private partial void Loaded(int count);

    [LoggerMessage(2, LogLevel.Information, "The pass for {Key} was handed back; it runs at the next start.")]
    private partial void HandedBack(WorkKey key);

    [LoggerMessage(3, LogLevel.Error, "The pass for {Key} failed unexpectedly, {Attempt} times in a row. It is tried again; other keys go on.")]
    private partial void PassFailed(WorkKey key, int attempt, Exception failure);

    [LoggerMessage(4, LogLevel.Error, "The work of {Key} could not be read or recorded. It stays stored and is tried again.")]
    private partial void StoreFailed(WorkKey key, Exception failure);

    [LoggerMessage(5, LogLevel.Error, "What is stored as due could not be read, {Attempt} times in a row; it is tried again. Until then no pass runs, and /readyz answers 503.")]
    private partial void NotLoaded(int attempt, Exception failure);
}
