using k8s;
using k8s.Models;

namespace GitOps.Triggers.Clusters;

/// <summary>The calls for one kind of object that the engine applies, which the client has as a method of its own for each kind.</summary>
internal sealed record ResourceKind<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>For people: <c>CronJob</c>.</summary>
    public required string Name { get; init; }

    public required Func<Kubernetes, T, CancellationToken, Task<T>> Read { get; init; }

    public required PatchCall Patch { get; init; }

    public string Describe(T one) => one.Metadata.NamespaceProperty is { } space
        ? $"the {Name} {one.Metadata.Name} in {space}"
        : $"the {Name} {one.Metadata.Name}";

    internal delegate Task<T> PatchCall(Kubernetes client, T desired, V1Patch patch, ApplyOptions options, CancellationToken ct);
}
