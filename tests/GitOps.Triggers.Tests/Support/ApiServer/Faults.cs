using System.Collections.Concurrent;

namespace GitOps.Triggers.Tests.Support.ApiServer;

/// <summary>What the test wants to go wrong, in the order in which it said so.</summary>
internal sealed class Faults
{
    private readonly ConcurrentQueue<Fault> all = new();

    public void Add(Fault fault) => all.Enqueue(fault);

    public Fault? Take(ApiRequest request) => all.FirstOrDefault(fault => fault.Take(request));
}
