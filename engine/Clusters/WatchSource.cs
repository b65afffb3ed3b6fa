using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>The calls that list and watch one kind of object, in one namespace or, when none is given, in all.</summary>
internal sealed record WatchSource<T>
    where T : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>For people, in the plural: <c>Jobs</c>.</summary>
    public required string Name { get; init; }

    public required ListCall List { get; init; }

    public required WatchCall Watch { get; init; }

    internal delegate Task<(IReadOnlyList<T> Objects, V1ListMeta Meta)> ListCall(Kubernetes client, string? space, string selector, string? from, CancellationToken ct);

    internal delegate IAsyncEnumerable<(WatchEventType Type, T Object)> WatchCall(Kubernetes client, string? space, string selector, string version, Action<Exception> onError, CancellationToken ct);
}
