using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Intake;

/// <summary>
/// Finds what webhooks missed. Each repository is asked for by itself, at its own time within the interval, so that neither a dead remote
/// nor many repositories delay another's turn.
/// </summary>
internal sealed class Resync(RepositoryStore repositories, RepositoryCheck check, RemoteProblems problems, EngineConfiguration configuration, TimeProvider time)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestNotice = TimeSpan.FromMinutes(1);

    /// <summary>Until <paramref name="ct"/>.</summary>
    public async Task RunAsync(HeadsQuestion heads, CancellationToken ct)
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
    private async Task WatchAsync(RepositoryId id, HeadsQuestion heads, SemaphoreSlim places, CancellationToken ct)
    {
        await Task.Delay(configuration.Resync * Random.Shared.NextDouble(), time, ct);
        var (failures, question) = (0, Task.FromResult<StageResult<IReadOnlyDictionary<BranchName, CommitSha>>>(new StageResult<IReadOnlyDictionary<BranchName, CommitSha>>.Skipped("not asked yet")));
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
        problems.Forget(id);
    }

    private async Task<bool> IsAnsweredAsync(ConnectedRepository connected, Task<StageResult<IReadOnlyDictionary<BranchName, CommitSha>>> question, CancellationToken ct)
    {
        try
        {
            switch (await question.WaitAsync(Patience, time, ct))
            {
                case StageResult<IReadOnlyDictionary<BranchName, CommitSha>>.Done(var heads):
                    await check.CompareAsync(connected.Id, heads, ct);
                    problems.Answered(connected);
                    return true;
                case StageResult<IReadOnlyDictionary<BranchName, CommitSha>>.Rejected(var findings):
                    problems.Failed(connected, $"{findings[0].Message} {findings[0].Fix}");
                    return false;
                case StageResult<IReadOnlyDictionary<BranchName, CommitSha>>.Retry(_, var reason):
                    problems.Failed(connected, reason);
                    return false;
                case var unknown:
                    throw new InvalidOperationException($"No such answer of a remote: {unknown.GetType().Name}");
            }
        }
        catch (TimeoutException)
        {
            problems.Failed(connected, $"{connected.Url} did not answer within {Duration.Format(Patience)}.");
            return false;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            problems.Failed(connected, $"an unexpected {failure.GetType().Name}; the engine's log has the details.", failure);
            return false;
        }
    }
}
