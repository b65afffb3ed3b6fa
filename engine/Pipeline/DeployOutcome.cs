using GitOps.Triggers.Domain;

namespace GitOps.Triggers.Pipeline;

/// <param name="Status">How the trigger stands; none when it is gone, or its pass was superseded.</param>
/// <param name="Changed">Something was released, taken down or corrected.</param>
/// <param name="RetryAfter">How long the target, or the registry of its image, asks to be left alone; none: by the queue's own back-off.</param>
internal sealed record DeployOutcome(TriggerStatus? Status, bool Changed, TimeSpan? RetryAfter = null);
