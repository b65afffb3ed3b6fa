using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>
/// The places in which builds go on. No repository holds all of them, where there are several, and who waits gets one before whose repository builds
/// more: two hundred Dockerfiles of one repository do not keep another one's single build waiting for them.
/// </summary>
internal sealed class BuildPlaces(Limits limits)
{
    private readonly Lock gate = new();
    private readonly LinkedList<Waiter> line = new();
    private readonly Dictionary<RepositoryId, int> held = [];
    private readonly int mostOfOne = Math.Max(1, limits.ParallelBuilds - 1);

    /// <param name="repository">Whose build it is.</param>
    /// <param name="waits">Called when there is no place yet.</param>
    /// <param name="ct">Gives the place in the line up.</param>
    /// <returns>The place; it is free again when this is disposed of.</returns>
    public async Task<IDisposable> TakeAsync(RepositoryId repository, Action waits, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var waiter = new Waiter(repository);
        lock (gate)
        {
            line.AddLast(waiter);
            Seat();
        }
        if (!waiter.Seated.Task.IsCompleted)
            waits();
        await using var given = ct.Register(() => GiveUp(waiter)).ConfigureAwait(false);
        await waiter.Seated.Task.ConfigureAwait(false);
        return new Place(this, repository);
    }

    private void GiveUp(Waiter waiter)
    {
        lock (gate)
        {
            if (line.Remove(waiter))
                waiter.Seated.SetCanceled();
        }
    }

    private void Leave(RepositoryId repository)
    {
        lock (gate)
        {
            if (--held[repository] == 0)
                held.Remove(repository);
            Seat();
        }
    }

    private void Seat()
    {
        while (held.Values.Sum() < limits.ParallelBuilds && Next() is { } next)
        {
            line.Remove(next);
            held[next.Repository] = Held(next) + 1;
            next.Seated.SetResult();
        }
    }

    /// <summary>Of equals, the one that came first.</summary>
    private Waiter? Next() => line.Where(waiter => Held(waiter) < mostOfOne).MinBy(Held);

    private int Held(Waiter waiter) => held.GetValueOrDefault(waiter.Repository);

    private sealed class Waiter(RepositoryId repository)
    {
        public RepositoryId Repository => repository;

        public TaskCompletionSource Seated { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Place(BuildPlaces places, RepositoryId repository) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                places.Leave(repository);
        }
    }
}
