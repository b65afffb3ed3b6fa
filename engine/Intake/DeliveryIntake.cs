using GitOps.Triggers.Domain;
using GitOps.Triggers.Storage;

namespace GitOps.Triggers.Intake;

/// <summary>Decides what a delivery is about, and stores it together with the work that it marks.</summary>
internal sealed class DeliveryIntake(RepositoryStore repositories, Inbox inbox, EngineConfiguration configuration, EventHub events, TimeProvider time)
{
    private volatile RepositoryDirectory directory = new([]);

    /// <returns><c>Done</c> when it is on the disk, and not before; <c>Retry</c> when it could not be stored in time. No other result.</returns>
    public async Task<StageResult<Delivery>> ReceiveAsync(ReceivedDelivery received, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var route = DeliveryRouter.Route(received.Intent, Directory(), configuration.Environments);
        var delivery = new Delivery
        {
            Guid = received.Guid,
            Event = received.Event,
            Action = received.Action,
            Outcome = route.Outcome,
            Repository = route.Repository,
            ReceivedAt = now,
        };
        var result = await inbox.StoreAsync(delivery, [.. route.Keys.Select(key => new WorkMark(key, now, route.Reason))], ct);
        if (result is StageResult<Delivery>.Done)
            events.Publish(new EngineEvent.DeliveryReceived(received.Event, route.Keys.Count > 0 ? "marked" : "ignored"));
        return result;
    }

    private RepositoryDirectory Directory()
    {
        var (known, current) = (directory, repositories.Current);
        if (!ReferenceEquals(known.Source, current))
            directory = known = new RepositoryDirectory(current);
        return known;
    }
}
