namespace GitOps.Triggers.Web;

/// <param name="Repository">Its name.</param>
/// <param name="Url">Where it was fetched from.</param>
/// <param name="TakenDown">What it deployed is taken down; else it is suspended.</param>
/// <param name="WebhookUrl">Where its hook tells of pushes.</param>
internal sealed record DisconnectReply(string Repository, string Url, bool TakenDown, string WebhookUrl);
