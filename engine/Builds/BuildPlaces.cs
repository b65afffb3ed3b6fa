using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Builds;

/// <summary>The places in which builds go on. No repository holds all of them, where there are several, unless an operator says so.</summary>
internal sealed class BuildPlaces(Limits limits)
{
    private readonly FairPlaces places = new(limits.ParallelBuilds, limits.ParallelBuildsPerRepository ?? Math.Max(1, limits.ParallelBuilds - 1));

    /// <param name="repository">Whose build it is.</param>
    /// <param name="waits">Called when there is no place yet.</param>
    /// <param name="ct">Gives the place in the line up.</param>
    /// <returns>The place; it is free again when this is disposed of.</returns>
    public Task<IDisposable> TakeAsync(RepositoryId repository, Action waits, CancellationToken ct) => places.TakeAsync(
        repository,
        () =>
        {
            waits();
            return Task.CompletedTask;
        },
        ct);
}
