using System.Collections.Concurrent;
using System.Globalization;
using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Runs;

/// <summary>
/// How many runs go on on this machine at once, and how many containers are made at once. Both go round by repository. What waits has no container:
/// as a pod that no node has room for.
/// </summary>
internal sealed class RunPlaces(Limits limits)
{
    /// <summary>Making a container is work for the whole machine.</summary>
    private static readonly int Turns = Math.Max(2, Environment.ProcessorCount);

    private readonly FairPlaces going = new(limits.ParallelRuns, limits.ParallelRunsPerRepository);

    // One more, so that there is always one which no single repository holds.
    private readonly FairPlaces starts = new(Turns + 1, Turns);
    private readonly ConcurrentDictionary<RunId, IDisposable> held = new();

    /// <summary>For a run whose container was started already.</summary>
    public void Occupy(RunRecord run)
    {
        if (!held.ContainsKey(run.Id))
            Keep(run, going.Occupy(run.Repository));
    }

    /// <summary>Waits for a place for a run; it is its own until it <see cref="Leave"/>s.</summary>
    /// <param name="run">The run.</param>
    /// <param name="waits">Called with the reason when there is no place yet, and with none when there is one then.</param>
    /// <param name="ct">Gives the place in the line up.</param>
    public async Task TakeAsync(RunRecord run, Func<string?, Task> waits, CancellationToken ct)
    {
        if (held.ContainsKey(run.Id))
            return;
        string? why = null;
        Keep(run, await going.TakeAsync(run.Repository, () => waits(why = Why(run.Repository)), ct));
        if (why is not null)
            await waits(null);
    }

    /// <summary>Nothing happens when it has none.</summary>
    public void Leave(RunId run)
    {
        if (held.TryRemove(run, out var place))
            place.Dispose();
    }

    /// <summary>Does work for which not too many may be at it at once.</summary>
    public async Task<T> InTurnAsync<T>(RepositoryId repository, Func<Task<T>> work, CancellationToken ct)
    {
        using var turn = await starts.TakeAsync(repository, () => Task.CompletedTask, ct);
        return await work();
    }

    private void Keep(RunRecord run, IDisposable place)
    {
        if (!held.TryAdd(run.Id, place))
            place.Dispose();
    }

    private string Why(RepositoryId repository) => going.HoldsMost(repository)
        ? string.Create(CultureInfo.InvariantCulture, $"It waits for its turn: {limits.ParallelRunsPerRepository} runs of this repository go on, as many as limits.parallelRunsPerRepository allows.")
        : string.Create(CultureInfo.InvariantCulture, $"It waits for its turn: {limits.ParallelRuns} runs go on on this machine, as many as limits.parallelRuns allows.");
}
