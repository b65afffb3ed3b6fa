namespace GitOps.Triggers.Web;

internal sealed record SyncedKey(string Repository, string Environment);
