namespace GitOps.Triggers.Web;

/// <param name="Repository">As it is connected now.</param>
/// <param name="WebhookUrl">Where deliveries go.</param>
/// <param name="WebhookSecretFile">The file that holds the secret which signs them; its content is never sent.</param>
internal sealed record ConnectReply(RepositoryView Repository, string WebhookUrl, string WebhookSecretFile);
