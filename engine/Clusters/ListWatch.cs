using System.Runtime.CompilerServices;
using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>
/// Lists what there is and then watches what becomes of it, from the very point of the list on. A watch that ends goes on where it was; one whose
/// place the server has forgotten begins with a list again. Nothing is missed between the two, but the same state may be told twice.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes"/>
internal sealed class ListWatch<T>(Cluster cluster, WatchSource<T> source, string? space, string selector)
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private string What => $"watch the {source.Name} {(space is null ? "of all namespaces" : $"in {space}")}";

    /// <exception cref="ClusterException">A call failed. Begin again: it lists anew.</exception>
    public async IAsyncEnumerable<Seen<T>> FollowAsync([EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var (objects, version) = await ListAsync(ct);
            yield return new Seen<T>.All(objects);
            for (string? place = version; place is not null;)
            {
                var watch = new Place(place);
                await foreach (var seen in WatchAsync(watch, ct))
                    yield return seen;
                place = watch.Version;
            }
        }
    }

    private async Task<(IReadOnlyList<T> Objects, string Version)> ListAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                var all = new List<T>();
                string? from = null;
                while (true)
                {
                    var (page, meta) = await cluster.CallAsync($"list the {source.Name} {(space is null ? "of all namespaces" : $"in {space}")}", client => source.List(client, space, selector, from, ct), ct);
                    all.AddRange(page.Select(Lightened));
                    if (string.IsNullOrEmpty(meta.ContinueProperty))
                        return (all, meta.ResourceVersion);
                    from = meta.ContinueProperty;
                }
            }
            catch (ClusterException expired) when (expired.Kind == ClusterFailureKind.Expired)
            {
                // The list took longer than the server remembers: from its beginning.
            }
        }
    }

    /// <summary>Until the server ends it; the place is then where to go on, or none where that was forgotten.</summary>
    private async IAsyncEnumerable<Seen<T>> WatchAsync(Place place, [EnumeratorCancellation] CancellationToken ct)
    {
        Exception? error = null;
        var events = cluster.Stream(client => source.Watch(client, space, selector, place.Version!, failure => error = failure, ct)).GetAsyncEnumerator(ct);
        await using (events)
        {
            while (await NextAsync(events, place, ct))
            {
                var (type, one) = (events.Current.Item1, Lightened(events.Current.Item2));
                place.Version = one.Metadata.ResourceVersion ?? place.Version;
                if (type is WatchEventType.Added or WatchEventType.Modified)
                    yield return new Seen<T>.Changed(one);
                else if (type is WatchEventType.Deleted)
                    yield return new Seen<T>.Gone(one);
            }
        }
        if (error is not null)
            place.Lost(ClusterFailures.Of(What, cluster.Name, error));
    }

    /// <summary>Who owns which field is half of an object, and nobody here asks.</summary>
    private static T Lightened(T one)
    {
        one.Metadata.ManagedFields = null;
        return one;
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<(WatchEventType, T)> events, Place place, CancellationToken ct)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception thrown) when (ClusterFailures.IsFailure(thrown, ct))
        {
            place.Lost(ClusterFailures.Of(What, cluster.Name, thrown));
            return false;
        }
    }

    private sealed class Place(string version)
    {
        public string? Version { get; set; } = version;

        public void Lost(ClusterException failure)
        {
            if (failure.Kind != ClusterFailureKind.Expired)
                throw failure;
            Version = null;
        }
    }
}
