namespace GitOps.Triggers.Web;

/// <param name="At">When they were made due, by the engine's clock: a pass that finished later has looked at git.</param>
/// <param name="Due">What is looked at.</param>
internal sealed record SyncReply(DateTimeOffset At, IReadOnlyList<SyncedKey> Due);
