namespace GitOps.Triggers.Domain;

internal sealed record GitHubSettings(long AppId, string PrivateKeyFile, Uri Api);
