using System.Collections.Concurrent;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Intake;

/// <summary>
/// The remotes that cannot be asked for their branches: a push to one of them whose webhook is lost would stay unseen for ever. It is told
/// once, and again when the reason changes. In memory only: after a start each remote is asked anew.
/// </summary>
internal sealed partial class RemoteProblems(EventHub events, TimeProvider time, ILogger<RemoteProblems> logger)
{
    private readonly ConcurrentDictionary<RepositoryId, RemoteProblem> standing = new();

    public RemoteProblem? Of(RepositoryId repository) => standing.GetValueOrDefault(repository);

    public void Answered(ConnectedRepository repository)
    {
        var isNews = standing.TryRemove(repository.Id, out _);
        if (isNews)
            AnswersAgain(repository.Name);
        events.Publish(new EngineEvent.RemoteAsked(repository.Id, null, isNews));
    }

    public void Failed(ConnectedRepository repository, string reason, Exception? unforeseen = null)
    {
        var before = Of(repository.Id);
        var isNews = before is null || !IsSame(before.Reason, reason);
        standing[repository.Id] = new RemoteProblem(reason, before?.Since ?? time.GetUtcNow());
        if (isNews)
            NotAsked(repository.Name, reason, unforeseen);
        events.Publish(new EngineEvent.RemoteAsked(repository.Id, reason, isNews));
    }

    /// <summary>It is no longer connected.</summary>
    public void Forget(RepositoryId repository) => standing.TryRemove(repository, out _);

    // Git tells after how many milliseconds a host did not answer: another number is no other reason.
    private static bool IsSame(string one, string other) =>
        one.Where(letter => !char.IsDigit(letter)).SequenceEqual(other.Where(letter => !char.IsDigit(letter)));

    [LoggerMessage(1, LogLevel.Warning, "{Repository} cannot be asked for its branches: {Reason} Until then a push whose webhook is lost stays unseen. Other repositories go on.")]
    private partial void NotAsked(string repository, string reason, Exception? unforeseen);

    [LoggerMessage(2, LogLevel.Information, "{Repository} can be asked for its branches again.")]
    private partial void AnswersAgain(string repository);
}
