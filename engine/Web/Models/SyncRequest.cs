namespace GitOps.Triggers.Web;

/// <param name="Repository">None: all.</param>
/// <param name="Environment">None: all.</param>
internal sealed record SyncRequest(string? Repository, string? Environment);
