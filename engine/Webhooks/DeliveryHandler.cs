using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Webhooks;

/// <summary>Stores a delivery and marks the work it hints at.</summary>
/// <returns>
/// <c>Done</c> once it is on the disk, and not before; <c>Retry</c> when it could not be stored in time. No other result.
/// </returns>
internal delegate Task<StageResult<Delivery>> DeliveryHandler(ReceivedDelivery delivery, CancellationToken ct);
