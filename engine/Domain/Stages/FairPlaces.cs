namespace GitOps.Triggers.Domain;

/// <summary>
/// A number of places for the work of all repositories. None of them holds more than its most, and who waits gets a place before whose repository
/// holds more: a thousand waiters of one repository do not keep another one's single one waiting for them.
/// </summary>
/// <param name="most">Places in all.</param>
/// <param name="mostOfOne">Places of one repository.</param>
internal sealed class FairPlaces(int most, int mostOfOne)
{
    private readonly Lock gate = new();
    private readonly Dictionary<RepositoryId, LinkedList<Waiter>> lines = [];
    private readonly Dictionary<RepositoryId, int> held = [];
    private int taken;
    private long came;

    /// <returns>Whether it holds as many as one may.</returns>
    public bool HoldsMost(RepositoryId repository)
    {
        lock (gate)
            return held.GetValueOrDefault(repository) >= mostOfOne;
    }

    /// <param name="repository">Whose work it is.</param>
    /// <param name="waits">Called when there is no place yet.</param>
    /// <param name="ct">Gives the place in the line up.</param>
    /// <returns>The place; it is free again when this is disposed of.</returns>
    public async Task<IDisposable> TakeAsync(RepositoryId repository, Func<Task> waits, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var waiter = Enter(repository);
        await using var given = ct.Register(() => GiveUp(waiter)).ConfigureAwait(false);
        try
        {
            if (!waiter.Seated.Task.IsCompleted)
                await waits().ConfigureAwait(false);
        }
        catch
        {
            if (!GiveUp(waiter))
                Leave(repository);
            throw;
        }
        await waiter.Seated.Task.ConfigureAwait(false);
        return new Place(this, repository);
    }

    /// <summary>For work that goes on already, whether there is a place for it or not.</summary>
    /// <returns>As of <see cref="TakeAsync"/>.</returns>
    public IDisposable Occupy(RepositoryId repository)
    {
        lock (gate)
            Hold(repository);
        return new Place(this, repository);
    }

    private Waiter Enter(RepositoryId repository)
    {
        lock (gate)
        {
            var waiter = new Waiter(repository, came++);
            if (!lines.TryGetValue(repository, out var line))
                lines[repository] = line = new LinkedList<Waiter>();
            waiter.Node = line.AddLast(waiter);
            Seat();
            return waiter;
        }
    }

    /// <returns>False when it waits no more.</returns>
    private bool GiveUp(Waiter waiter)
    {
        lock (gate)
        {
            if (waiter.Node is null)
                return waiter.Seated.Task.IsCanceled;
            Remove(waiter);
            return waiter.Seated.TrySetCanceled();
        }
    }

    private void Leave(RepositoryId repository)
    {
        lock (gate)
        {
            taken--;
            if (--held[repository] == 0)
                held.Remove(repository);
            Seat();
        }
    }

    private void Seat()
    {
        while (taken < most && Next() is { } next)
        {
            Remove(next);
            Hold(next.Repository);
            next.Seated.SetResult();
        }
    }

    private void Hold(RepositoryId repository)
    {
        taken++;
        held[repository] = held.GetValueOrDefault(repository) + 1;
    }

    /// <summary>Of equals, the one that came first.</summary>
    private Waiter? Next() => lines.Values.Select(line => line.First!.Value)
        .Where(waiter => held.GetValueOrDefault(waiter.Repository) < mostOfOne)
        .MinBy(waiter => (held.GetValueOrDefault(waiter.Repository), waiter.Came));

    private void Remove(Waiter waiter)
    {
        var line = lines[waiter.Repository];
        line.Remove(waiter.Node!);
        waiter.Node = null;
        if (line.Count == 0)
            lines.Remove(waiter.Repository);
    }

    private sealed class Waiter(RepositoryId repository, long came)
    {
        public RepositoryId Repository => repository;

        public long Came => came;

        /// <summary>None when it waits no more.</summary>
        public LinkedListNode<Waiter>? Node { get; set; }

        public TaskCompletionSource Seated { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Place(FairPlaces places, RepositoryId repository) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                places.Leave(repository);
        }
    }
}
