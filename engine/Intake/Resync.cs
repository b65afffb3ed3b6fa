using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Intake;

/// <summary>
/// Finds what webhooks missed. Each repository is asked for by itself, at its own time within the interval, so that neither a dead remote
/// nor many repositories delay another's turn.
/// </summary>
internal sealed partial class Resync(RepositoryStore repositories, RepositoryCheck check, EngineConfiguration configuration, TimeProvider time, ILogger<Resync> logger)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestNotice = TimeSpan.FromMinutes(1);

    /// <summary>Until <paramref name="ct"/>.</summary>
    public async Task RunAsync(RemoteHeads heads, CancellationToken ct)
    {
        using var places = new SemaphoreSlim(AtOnce);
        var watched = new Dictionary<RepositoryId, Task>();
        var notice = configuration.Resync < LongestNotice ? configuration.Resync : LongestNotice;
        try
        {
            while (true)
            {
                foreach (var id in repositories.Current.Select(repository => repository.Id))
                {
                    if (!watched.TryGetValue(id, out var watch) || watch.IsCompleted)
                        watched[id] = WatchAsync(id, heads, places, ct);
                }
                await Task.Delay(notice, time, ct);
            }
        }
        finally
        {
            await Task.WhenAll(watched.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Until the repository is no longer connected.
    private async Task WatchAsync(RepositoryId id, RemoteHeads heads, SemaphoreSlim places, CancellationToken ct)
    {
        await Task.Delay(configuration.Resync * Random.Shared.NextDouble(), time, ct);
        var (failures, question) = (0, Task.FromResult<IReadOnlyDictionary<BranchName, CommitSha>?>(null));
        while (repositories.Find(id) is { } connected)
        {
            await places.WaitAsync(ct);
            try
            {
                // One that hangs is waited for again, not asked a second time.
                if (question.IsCompleted)
                    question = Task.Run(() => heads(connected, ct), ct);
                failures = await IsAnsweredAsync(connected, question, ct) ? 0 : failures + 1;
            }
            finally
            {
                places.Release();
            }
            await Task.Delay(ResyncDecision.Pause(configuration.Resync, failures, Random.Shared.NextDouble()), time, ct);
        }
    }

    private async Task<bool> IsAnsweredAsync(ConnectedRepository connected, Task<IReadOnlyDictionary<BranchName, CommitSha>?> question, CancellationToken ct)
    {
        try
        {
            if (await question.WaitAsync(Patience, time, ct) is not { } heads)
                return false;
            await check.CompareAsync(connected.Id, heads, ct);
            return true;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            NotAsked(connected.Name, failure.GetType().Name, failure);
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The branches of {Repository} could not be compared ({Kind}); it is asked again later, others go on.")]
    private partial void NotAsked(string repository, string kind, Exception failure);
}
