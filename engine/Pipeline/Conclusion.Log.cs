using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

internal sealed partial class Conclusion
{
    [LoggerMessage(EventId = 1, Message = "{Repository} in {Environment}: {Outcome}: {Message} ({Commit})")]
    private partial void Concluded(LogLevel level, string repository, string environment, PassOutcome outcome, string message, string commit);

    [LoggerMessage(2, LogLevel.Warning, "{Repository} in {Environment}: {Finding}")]
    private partial void Found(string repository, string environment, string finding);

    [LoggerMessage(3, LogLevel.Error, "{Repository} in {Environment}: the pass failed; it is tried again.")]
    private partial void Failed(string repository, string environment, Exception failure);

    [LoggerMessage(EventId = 4, Message = "{Repository} in {Environment}: {Message}")]
    private partial void Retired(LogLevel level, string repository, string environment, string message);
}
