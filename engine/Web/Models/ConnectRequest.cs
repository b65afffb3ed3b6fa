namespace GitOps.Triggers.Web;

/// <param name="Url">Any URL that git can fetch from; never with credentials in it.</param>
/// <param name="Name">Default: the URL's last part.</param>
/// <param name="TokenFile">A file on the engine's machine with a token for <c>https://</c>.</param>
/// <param name="SshKeyFile">A file on the engine's machine with a key for <c>ssh://</c>.</param>
internal sealed record ConnectRequest(string Url, string? Name, string? TokenFile, string? SshKeyFile);
