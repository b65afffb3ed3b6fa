using System.Collections.Immutable;

namespace GitOps.Triggers.Domain;

/// <summary>Hands events to those who listen, in this process and at once. Nothing depends on an event for its correctness: state is in the store.</summary>
internal sealed class EventHub
{
    private ImmutableArray<Action<EngineEvent>> listeners = [];

    public void Subscribe(Action<EngineEvent> listener) =>
        ImmutableInterlocked.Update(ref listeners, (all, one) => all.Add(one), listener);

    public void Publish(EngineEvent happened)
    {
        foreach (var listener in listeners)
            listener(happened);
    }
}
