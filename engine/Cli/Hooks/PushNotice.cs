namespace GitOps.Triggers.Cli;

/// <summary>Where a repository's pushes are told of.</summary>
/// <param name="Repository">The URL under which it is connected.</param>
/// <param name="Name">Its name in the engine.</param>
/// <param name="Webhook">The engine's webhook address.</param>
/// <param name="SecretFile">The file whose content signs the notice.</param>
internal sealed record PushNotice(string Repository, string Name, Uri Webhook, string SecretFile)
{
    /// <summary>The command that takes it.</summary>
    public const string Command = "notify";

    public IReadOnlyList<string> Arguments =>
        [Command, "--repository-url", Repository, "--repository-name", Name, "--webhook", Webhook.AbsoluteUri, "--secret-file", SecretFile];
}
