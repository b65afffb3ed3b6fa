using k8s;

namespace GitOps.Triggers.Benchmarks;

/// <summary>An API server that the engine applies to.</summary>
internal interface ISite : IAsyncDisposable
{
    /// <summary>For people.</summary>
    string Name { get; }

    string Kubeconfig { get; }

    Kubernetes Client { get; }
}
