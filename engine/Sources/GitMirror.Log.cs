using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Sources;

internal sealed partial class GitMirror
{
    [LoggerMessage(1, LogLevel.Warning, "The mirror of {Repository} is thrown away and cloned again: {Reason}")]
    private partial void LogCloningAgain(RepositoryId repository, string reason);

    [LoggerMessage(2, LogLevel.Warning, "An object of {Repository} could not be read; git checks the mirror")]
    private partial void LogUnreadable(RepositoryId repository, Exception unreadable);
}
